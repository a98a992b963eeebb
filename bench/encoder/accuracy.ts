import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { EncoderSession } from '../../src/models/encoder-session.js';
import { ISSUE_CLASSES, type IssueClass } from '../../src/triage/plan.js';
import { prepareIssue } from '../../src/triage/prepare-issue.js';
import type { BenchIssue } from './issues.js';

const SPLIT_FILE = new URL('../../training/data/issue-encoder-dev-split.json', import.meta.url);

/**
 * Mean macro-F1 over the repositories on the development split, which the model was not trained
 * on. TF-IDF beside it: `training/README.md`, step `evaluate`.
 */
export async function measureAccuracy(
  issues: readonly BenchIssue[],
  sessions: Readonly<Record<string, EncoderSession>>,
): Promise<Record<string, number>> {
  const { ids } = z
    .object({ ids: z.array(z.string()) })
    .parse(JSON.parse(readFileSync(SPLIT_FILE, 'utf8')));
  const known = new Set(ids);
  const split = issues.filter(({ title, body }) =>
    known.has(createHash('sha256').update(`${title}\n${body}`).digest('hex')),
  );
  const figures: Record<string, number> = { issues: split.length };
  for (const [name, session] of Object.entries(sessions)) {
    const guesses: IssueClass[] = [];
    for (const issue of split) {
      const { logits } = await session.encode(prepareIssue(issue));
      guesses.push(ISSUE_CLASSES[logits.indexOf(Math.max(...logits))] ?? 'bug');
    }
    figures[name] = meanMacroF1(split, guesses);
  }
  return figures;
}

function meanMacroF1(issues: readonly BenchIssue[], guesses: readonly IssueClass[]): number {
  const repositories = [...new Set(issues.map(({ repository }) => repository))];
  return mean(
    repositories.map((repository) =>
      mean(
        ISSUE_CLASSES.map((label) => {
          const pairs = issues.flatMap((issue, i) =>
            issue.repository === repository ? [{ truth: issue.label, guess: guesses[i] }] : [],
          );
          const hits = pairs.filter(
            ({ truth, guess }) => truth === label && guess === label,
          ).length;
          const truths = pairs.filter(({ truth }) => truth === label).length;
          const claims = pairs.filter(({ guess }) => guess === label).length;
          return truths + claims === 0 ? 0 : (2 * hits) / (truths + claims);
        }),
      ),
    ),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

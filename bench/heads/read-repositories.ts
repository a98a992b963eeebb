import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Example, LabelledIssue } from '../../src/learning/labelled-issue.js';

const LEARNED_SHARE = 0.8;

/** One line of the file; a date without a zone is UTC. */
const rowSchema = z
  .object({
    repo: z.string().min(1),
    title: z.string(),
    body: z.string().nullable(),
    label: z.string().optional(),
    labels: z.array(z.string()).optional(),
    created_at: z.string(),
  })
  .transform(({ repo, title, body, label, labels, created_at: at }) => ({
    repository: repo,
    issue: {
      title,
      body,
      labels: labels ?? (label === undefined ? [] : [label]),
      createdAt: new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(at) ? at : `${at}Z`).toISOString(),
    },
  }));

/** Reads labelled issues, one JSON object a line; by repository, oldest first. */
export function readRepositories(file: string): Map<string, LabelledIssue[]> {
  const repositories = new Map<string, LabelledIssue[]>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.trim() === '') continue;
    const { repository, issue } = rowSchema.parse(JSON.parse(line));
    const own = repositories.get(repository);
    if (own) own.push(issue);
    else repositories.set(repository, [issue]);
  }
  for (const own of repositories.values()) {
    own.sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
  }
  return repositories;
}

/**
 * The oldest 80 % of the issues of each label, and the rest. By label, because files like the NLBSE
 * one hold as many of each, so that one split in time would leave some labels without a row to judge.
 *
 * @param examples oldest first
 */
export function splitByTime(examples: readonly Example[]): {
  readonly learned: readonly Example[];
  readonly later: readonly Example[];
} {
  const kind = ({ issue }: Example) => [...issue.labels].sort().join('\n');
  const counts = new Map<string, number>();
  for (const example of examples) counts.set(kind(example), (counts.get(kind(example)) ?? 0) + 1);
  const passed = new Map<string, number>();
  const isLearned = examples.map((example) => {
    const before = passed.get(kind(example)) ?? 0;
    passed.set(kind(example), before + 1);
    return before < Math.round((counts.get(kind(example)) ?? 0) * LEARNED_SHARE);
  });
  return {
    learned: examples.filter((_, index) => isLearned[index]),
    later: examples.filter((_, index) => !isLearned[index]),
  };
}

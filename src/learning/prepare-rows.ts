import { createHash } from 'node:crypto';
import { prepareIssue } from '../triage/prepare-issue.js';
import type { Row } from './fit-model.js';
import type { Example } from './labelled-issue.js';
import { nearDuplicates } from './near-duplicates.js';
import { termsOf } from './text-terms.js';

export interface PreparedRows {
  /** Oldest first, near-identical ones once. */
  readonly rows: readonly Row[];
  readonly duplicates: number;
  /** sha256 of texts, labels and dates, in order. */
  readonly dataHash: string;
}

/** Puts examples in order of time, drops what repeats an earlier one, and hashes their texts. */
export function prepareRows(examples: readonly Example[]): PreparedRows {
  const sorted = [...examples].sort((a, b) =>
    a.issue.createdAt < b.issue.createdAt ? -1 : a.issue.createdAt > b.issue.createdAt ? 1 : 0,
  );
  const repeats = nearDuplicates(sorted.map(({ issue }) => prepareIssue(issue)));
  const kept = sorted.filter((_, index) => !repeats[index]);
  const hash = createHash('sha256');
  for (const { issue } of kept) {
    const { title, body, labels, createdAt } = issue;
    hash.update(`${JSON.stringify([title, body, [...labels].sort(), createdAt])}\n`);
  }
  return {
    rows: kept.map(({ issue, encoding, seen }) => ({
      issue,
      terms: termsOf(issue),
      embedding: encoding.embedding,
      encoderLogits: encoding.logits,
      seen,
    })),
    duplicates: sorted.length - kept.length,
    dataHash: hash.digest('hex'),
  };
}

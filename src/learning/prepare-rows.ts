import { createHash } from 'node:crypto';
import type { Rows } from './fit-model.js';
import type { Example } from './labelled-issue.js';
import { nearDuplicates } from './near-duplicates.js';
import { tabulate } from './term-table.js';
import { termsOf } from './text-terms.js';

/** Oldest first, near-identical ones once. */
export interface PreparedRows extends Rows {
  readonly duplicates: number;
  /** sha256 of texts, labels and dates, in order. */
  readonly dataHash: string;
}

/** Puts examples in order of time, drops what reads like an earlier one, and hashes their texts. */
export function prepareRows(examples: readonly Example[]): PreparedRows {
  const sorted = [...examples].sort((a, b) =>
    a.issue.createdAt < b.issue.createdAt ? -1 : a.issue.createdAt > b.issue.createdAt ? 1 : 0,
  );
  const repeats = nearDuplicates(sorted.map(({ text }) => text));
  const kept = sorted.filter((_, index) => !repeats[index]);
  const hash = createHash('sha256');
  for (const { issue } of kept) {
    const { title, body, paths, labels, unsure = [], createdAt } = issue;
    const known = [title, paths ?? body, [...labels].sort(), [...unsure].sort(), createdAt];
    hash.update(`${JSON.stringify(known)}\n`);
  }
  return {
    rows: kept.map(({ issue, encoding, seen }) => ({
      issue,
      embedding: encoding.embedding,
      encoderLogits: encoding.logits,
      seen,
    })),
    terms: tabulate(kept.map(({ issue }) => termsOf(issue))),
    duplicates: sorted.length - kept.length,
    dataHash: hash.digest('hex'),
  };
}

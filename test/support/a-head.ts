import type { Head } from '../../src/learning/head.js';
import { learnHead } from '../../src/learning/learn-head.js';
import type { Store } from '../../src/store/open-store.js';
import { prepareIssue } from '../../src/triage/prepare-issue.js';
import { AREAS, complaint } from './written-history.js';

/** A head learned from made-up issues of two areas, whose made-up embeddings tell them apart. */
export function aHead(): Promise<Head> {
  const examples = Array.from({ length: 120 }, (_, n) => {
    const area = AREAS[n % 2] ?? 'area: network';
    const createdAt = new Date(1.79e12 + n * 60_000).toISOString();
    const issue = { ...complaint(area, n), labels: [area], createdAt };
    return {
      issue,
      text: prepareIssue(issue),
      encoding: { logits: [0, 0, 0], embedding: Float32Array.from([n % 2, 1 - (n % 2)]) },
      seen: false,
    };
  });
  return learnHead(examples, {
    encoder: { name: 'issue-encoder', version: 'test', temperature: 1 },
    precision: 0.9,
    learnedAt: new Date(1.79e12).toISOString(),
  });
}

/** The row of a repository's first head, which is in use. */
export function headInUse(
  repository: string,
  head: Head,
  learnedAt: number,
): Parameters<Store['heads']['add']>[0] {
  return {
    repository,
    data_hash: head.dataHash,
    in_use: 1,
    because: 'It is the first.',
    learned_at: learnedAt,
    head: JSON.stringify(head),
  };
}

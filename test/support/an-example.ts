import type { Example } from '../../src/learning/labelled-issue.js';
import { prepareIssue } from '../../src/triage/prepare-issue.js';

export const WORDS = ['red', 'green', 'blue'];

/** The n-th made-up issue, an hour after the one before: its label stands in its title. */
export function anExample(index: number): Example {
  const kind = index % WORDS.length;
  const own = Array.from({ length: 8 }, (_, i) => `word${'abcdefgh'[i]}${letters(index * 31 + i)}`);
  const issue = {
    title: `About ${WORDS[kind]} things`,
    body: own.join(' '),
    labels: [`area: ${WORDS[kind]}`],
    createdAt: new Date(Date.UTC(2025, 0, 1) + index * 3_600_000).toISOString(),
  };
  return {
    issue,
    text: prepareIssue(issue),
    encoding: {
      logits: [0, 0, 0],
      embedding: Float32Array.from(WORDS, (_, i) => (i === kind ? 1 : 0)),
    },
    seen: false,
  };
}

/** An example with other labels. */
export function labelled(example: Example, labels: readonly string[]): Example {
  return { ...example, issue: { ...example.issue, labels } };
}

function letters(number: number): string {
  return String(number).replace(/\d/g, (digit) => 'klmnopqrst'[Number(digit)] ?? '');
}

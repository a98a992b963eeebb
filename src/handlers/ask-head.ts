import type { IssueEncoding } from '../learning/labelled-issue.js';
import { scoreWithHead } from '../learning/score-with-head.js';
import type { ReadIssue } from '../learning/text-terms.js';
import type { Learned } from '../triage/learned.js';
import type { UsableHead } from './read-head.js';

/** A head's probabilities for an issue or pull request, beside its thresholds. */
export function askHead(usable: UsableHead, issue: ReadIssue, encoding: IssueEncoding): Learned {
  const { version, head, switched } = usable;
  const scores = scoreWithHead(usable, issue, encoding);
  return {
    version,
    precision: head.precision,
    exclusive: head.exclusive,
    labels: head.labels.map(({ name, threshold, untried }) => ({
      name,
      threshold,
      ...(scores.get(name) ?? { probability: 0, likeliest: false }),
      untried,
      switched: switched.has(name),
    })),
  };
}

import type { IssueEncoding } from '../learning/labelled-issue.js';
import { scoreWithHead } from '../learning/score-with-head.js';
import type { Learned } from '../triage/learned.js';
import type { UsableHead } from './read-head.js';

/** A head's probabilities for a title and text, beside its thresholds. */
export function askHead(
  usable: UsableHead,
  text: Parameters<typeof scoreWithHead>[1],
  encoding: IssueEncoding,
): Learned {
  const { version, head, switched } = usable;
  const probabilities = scoreWithHead(usable, text, encoding);
  return {
    version,
    precision: head.precision,
    exclusive: head.exclusive,
    labels: head.labels.map(({ name, threshold }) => ({
      name,
      threshold,
      probability: probabilities.get(name) ?? 0,
      switched: switched.has(name),
    })),
  };
}

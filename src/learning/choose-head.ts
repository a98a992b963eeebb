import type { Head } from './head.js';
import type { Example } from './labelled-issue.js';
import type { Choice } from './learner.js';
import { prepareRows } from './prepare-rows.js';
import { readyHead, scoreWithHead } from './score-with-head.js';

/** The newest share of the history that two heads are compared on. */
const NEWEST_SHARE = 0.2;
/** Fewer issues than this decide nothing. */
const FEWEST_ISSUES = 20;
const FLOOR = 1e-4;

/**
 * Whether a candidate takes the place of the head in use: only if it is better, by mean
 * log-likelihood over all labels, on the newest slice. The candidate has learned from that slice too
 * and the one in use may have, so one that knows labels the other lacks is judged with 0.5 for
 * those: knowing nothing.
 */
export function chooseHead(inUse: Head, candidate: Head, examples: readonly Example[]): Choice {
  const usable = examples.filter((example) => !example.seen);
  const { rows } = prepareRows(usable);
  const newest = rows.slice(-Math.max(FEWEST_ISSUES, Math.round(rows.length * NEWEST_SHARE)));
  if (newest.length < FEWEST_ISSUES) {
    return { take: false, because: `There are ${newest.length} new issues to compare on.` };
  }
  const labels = [...new Set([...inUse.labels, ...candidate.labels].map((label) => label.name))];
  const [before, after] = [inUse, candidate].map((head) => {
    const ready = readyHead(head);
    const losses = newest.map(({ issue, embedding, encoderLogits }) => {
      const scores = scoreWithHead(ready, issue, { embedding, logits: encoderLogits });
      return labels.reduce((sum, label) => {
        const chance = scores.get(label) ?? 0.5;
        const own = issue.labels.includes(label) ? chance : 1 - chance;
        return sum - Math.log(Math.max(own, FLOOR));
      }, 0);
    });
    return losses.reduce((sum, loss) => sum + loss, 0) / (losses.length * labels.length);
  });
  const take = (after ?? 0) < (before ?? 0);
  const figures = `${(after ?? 0).toFixed(3)} against ${(before ?? 0).toFixed(3)}`;
  const what = `mean log loss on the newest ${newest.length} issues, ${figures}`;
  return { take, because: `It is ${take ? '' : 'not '}better: ${what}.` };
}

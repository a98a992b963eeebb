import { ISSUE_CLASSES, type IssueClass, type Reason, type Scores } from './plan.js';
import { percent } from './softmax.js';

export interface Choice {
  /** The class that reached its threshold, or null: not sure. */
  readonly class: IssueClass | null;
  readonly reasons: readonly Reason[];
}

/**
 * Picks the most probable class if it reaches its own threshold, and abstains otherwise.
 *
 * @param thresholds per class, in [0, 1]
 */
export function chooseClass(scores: Scores, thresholds: Scores): Choice {
  const best = ISSUE_CLASSES.reduce((a, b) => (scores[b] > scores[a] ? b : a));
  const score = percent(scores[best]);
  const needed = percent(thresholds[best]);
  if (scores[best] >= thresholds[best]) {
    return {
      class: best,
      reasons: [
        {
          code: 'sure',
          text: `It reads like a ${nameOf(best)}: ${score}, and ${needed} is enough for ${best}.`,
        },
      ],
    };
  }
  return {
    class: null,
    reasons: [
      {
        code: 'unsure',
        text: `The likeliest is ${best} at ${score}, below the ${needed} it takes to act.`,
      },
    ],
  };
}

/** The class as a maintainer would say it. */
export function nameOf(issueClass: IssueClass): string {
  return { bug: 'bug report', feature: 'feature request', question: 'question' }[issueClass];
}

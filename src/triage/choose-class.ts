import { documentationNamedIn } from './documentation-title.js';
import {
  ISSUE_CLASSES,
  type IssueClass,
  type IssueType,
  type Reason,
  type Scores,
} from './plan.js';
import { percent } from './softmax.js';

/** The class that reached its threshold, or null: not sure. */
export interface ClassChoice {
  readonly class: IssueClass | null;
  readonly reasons: readonly Reason[];
}

/** The type that an issue is taken for, or null: not sure. */
export interface TypeChoice {
  readonly type: IssueType | null;
  readonly reasons: readonly Reason[];
}

/**
 * `documentation` where the title names it, else as `chooseClass`.
 *
 * @param documented whether documentation may be chosen
 */
export function chooseType(
  title: string,
  scores: Scores,
  thresholds: Scores,
  documented = true,
): TypeChoice {
  const word = documented ? documentationNamedIn(title) : null;
  if (word !== null) {
    const text = `Its title names the documentation ("${word}").`;
    return { type: 'documentation', reasons: [{ code: 'documentation', text }] };
  }
  const { class: type, reasons } = chooseClass(scores, thresholds);
  return { type, reasons };
}

/**
 * Picks the most probable class if it reaches its own threshold, and abstains otherwise.
 *
 * @param thresholds per class, in [0, 1]
 */
export function chooseClass(scores: Scores, thresholds: Scores): ClassChoice {
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

/** The type as a maintainer would say it. */
export function nameOf(type: IssueType): string {
  return {
    bug: 'bug report',
    feature: 'feature request',
    question: 'question',
    documentation: 'documentation issue',
  }[type];
}

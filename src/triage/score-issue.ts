import { ISSUE_CLASSES, type Scores } from './plan.js';
import { softmax } from './softmax.js';

/**
 * Turns the encoder's logits into calibrated probabilities: softmax of `logits / temperature`
 * (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017).
 *
 * @param logits one per class, in the order of `ISSUE_CLASSES`
 * @param temperature above 0; from the model's manifest, fitted on its development split
 * @throws {RangeError} when the count, a logit or the temperature is unusable
 * @example
 * scoreIssue([2, 0, 0], 1); // { bug: 0.787, feature: 0.107, question: 0.107 }
 */
export function scoreIssue(logits: readonly number[], temperature: number): Scores {
  const [bug = 0, feature = 0, question = 0] = softmax(logits, ISSUE_CLASSES.length, temperature);
  return { bug, feature, question };
}

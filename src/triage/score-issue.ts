import { ISSUE_CLASSES, type Scores } from './plan.js';

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
  if (logits.length !== ISSUE_CLASSES.length || !logits.every(Number.isFinite)) {
    throw new RangeError(
      `The encoder must return ${ISSUE_CLASSES.length} finite logits, it returned [${logits.join(', ')}]`,
    );
  }
  if (!(temperature > 0)) {
    throw new RangeError(`The temperature must be above 0, it is ${temperature}`);
  }
  const highest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp((logit - highest) / temperature));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  const [bug = 0, feature = 0, question = 0] = exponentials.map((value) => value / sum);
  return { bug, feature, question };
}

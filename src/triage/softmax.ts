/**
 * Logits to calibrated probabilities: softmax of `logits / temperature` (Guo et al., "On Calibration
 * of Modern Neural Networks", ICML 2017).
 *
 * @param count how many logits there must be
 * @throws {RangeError} when the count, a logit or the temperature is unusable
 */
export function softmax(logits: readonly number[], count: number, temperature: number): number[] {
  if (logits.length !== count || !logits.every(Number.isFinite)) {
    throw new RangeError(
      `The encoder must return ${count} finite logits, it returned [${logits.join(', ')}]`,
    );
  }
  if (!(temperature > 0)) {
    throw new RangeError(`The temperature must be above 0, it is ${temperature}`);
  }
  const highest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp((logit - highest) / temperature));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}

/** A probability to show: floored, so that 89.96 % never reads as the 90 % it missed. */
export function percent(probability: number): string {
  return `${(Math.floor(probability * 1000 + 1e-6) / 10).toFixed(1)} %`;
}

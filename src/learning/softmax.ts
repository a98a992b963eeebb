/** Probabilities from logits. */
export function softmax(logits: readonly number[]): number[] {
  const chances = [...logits];
  turnIntoChances(chances);
  return chances;
}

/** Puts probabilities in the place of logits; the largest is taken off first, so nothing overflows. */
export function turnIntoChances(logits: number[]): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const logit of logits) if (logit > highest) highest = logit;
  let sum = 0;
  for (let k = 0; k < logits.length; k += 1) {
    const power = Math.exp((logits[k] as number) - highest);
    logits[k] = power;
    sum += power;
  }
  for (let k = 0; k < logits.length; k += 1) logits[k] = (logits[k] as number) / sum;
}

import { CHANGE_TYPES, type ChangeType } from './changed-file.js';
import type { Reason } from './plan.js';
import { percent, softmax } from './softmax.js';

/** Calibrated probabilities of the ten types, each in [0, 1], that sum to 1. */
export type TypeScores = Readonly<Record<ChangeType, number>>;

/**
 * Turns the change encoder's logits into calibrated probabilities: softmax of
 * `logits / temperature`, as for issues.
 *
 * @param logits one per type, in the order of `CHANGE_TYPES`
 * @param temperature above 0; from the model's manifest
 * @throws {RangeError} when the count, a logit or the temperature is unusable
 */
export function scoreChange(logits: readonly number[], temperature: number): TypeScores {
  const scores = softmax(logits, CHANGE_TYPES.length, temperature);
  return Object.fromEntries(
    CHANGE_TYPES.map((type, index) => [type, scores[index] ?? 0]),
  ) as TypeScores;
}

/** The likeliest type, and whether it reached its threshold. */
export interface TypeChoice {
  /** Null: not sure enough. */
  readonly type: ChangeType | null;
  readonly likeliest: ChangeType;
  readonly reason: Reason;
}

/** Picks the most probable type if it reaches its own threshold, and abstains otherwise. */
export function chooseType(scores: TypeScores, thresholds: TypeScores): TypeChoice {
  const likeliest = CHANGE_TYPES.reduce((a, b) => (scores[b] > scores[a] ? b : a));
  const score = percent(scores[likeliest]);
  const needed = percent(thresholds[likeliest]);
  if (scores[likeliest] >= thresholds[likeliest]) {
    const text = `The change reads like ${likeliest}: ${score}, and ${needed} is enough for ${likeliest}.`;
    return { type: likeliest, likeliest, reason: { code: 'sure', text } };
  }
  const text = `The likeliest type is ${likeliest} at ${score}, below the ${needed} it takes to act.`;
  return { type: null, likeliest, reason: { code: 'unsure', text } };
}

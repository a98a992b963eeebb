import { CHANGE_TYPES, type ChangeType } from '../../src/triage/changed-file.js';

/** How often guesses are right, each type alike in the second. */
export interface Figures {
  readonly accuracy: number;
  readonly macroF1: number;
}

/** Macro-F1 is the mean over the types that occur in the truth. */
export function scoreGuesses(
  truths: readonly ChangeType[],
  guesses: readonly ChangeType[],
): Figures {
  const right = truths.filter((truth, i) => guesses[i] === truth).length;
  const present = CHANGE_TYPES.filter((type) => truths.includes(type));
  const scores = present.map((type) => {
    const hits = truths.filter((truth, i) => truth === type && guesses[i] === type).length;
    const total = count(truths, type) + count(guesses, type);
    return total === 0 ? 0 : (2 * hits) / total;
  });
  return { accuracy: right / truths.length, macroF1: mean(scores) };
}

function count(types: readonly ChangeType[], wanted: ChangeType): number {
  return types.filter((type) => type === wanted).length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

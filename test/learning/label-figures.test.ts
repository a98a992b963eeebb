import { describe, expect, it } from 'vitest';
import { averagePrecision } from '../../src/learning/label-figures.js';

const ranked = (...judged: readonly (readonly [probability: number, right: boolean])[]) =>
  judged.map(([probability, right]) => ({ probability, true: right }));

describe('averagePrecision', () => {
  it("gives scikit-learn's figures, of equal probabilities too", () => {
    const apart = ranked([0.9, true], [0.8, false], [0.7, true], [0.2, false]);
    expect(averagePrecision(apart)).toBeCloseTo(0.833333, 6);
    const some = ranked([0.9, true], [0.5, false], [0.5, true], [0.5, true], [0.1, true]);
    expect(averagePrecision(some)).toBeCloseTo(0.825, 6);
  });

  it('does not hang on the order of issues that it can not tell apart', () => {
    const lucky = ranked([0.5, true], [0.5, true], [0.5, false], [0.5, false]);
    expect(averagePrecision(lucky)).toBe(0.5);
    expect(averagePrecision(lucky.toReversed())).toBe(0.5);
  });

  it('says nothing of a label that no issue bears', () => {
    expect(averagePrecision(ranked([0.5, false]))).toBeNull();
  });
});

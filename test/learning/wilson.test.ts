import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilsonLower } from '../../src/learning/wilson.js';

describe('wilsonLower', () => {
  it('gives the published bounds', () => {
    // Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I.
    expect(wilsonLower(81, 263, 1.959964)).toBeCloseTo(0.2553, 4);
    expect(wilsonLower(15, 148, 1.959964)).toBeCloseTo(0.0624, 4);
    expect(wilsonLower(0, 20, 1.959964)).toBe(0);
    expect(wilsonLower(1, 29, 1.959964)).toBeCloseTo(0.0061, 4);
  });

  it('says nothing without a trial', () => {
    expect(wilsonLower(0, 0)).toBe(0);
  });

  it('stays below what was seen and rises with each success', () => {
    const trials = fc
      .integer({ min: 1, max: 5000 })
      .chain((total) => fc.tuple(fc.integer({ min: 0, max: total }), fc.constant(total)));
    fc.assert(
      fc.property(trials, ([right, total]) => {
        const bound = wilsonLower(right, total);
        expect(bound).toBeGreaterThanOrEqual(0);
        expect(bound).toBeLessThanOrEqual(right / total + 1e-12);
        expect(wilsonLower(right + 1, total + 1)).toBeGreaterThan(bound);
        expect(wilsonLower(right, total + 1)).toBeLessThanOrEqual(bound + 1e-12);
      }),
    );
  });
});

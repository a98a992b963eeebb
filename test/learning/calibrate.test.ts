import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Calibration,
  calibrate,
  probabilitiesOf,
  uncalibrated,
} from '../../src/learning/calibrate.js';
import { randomFrom } from '../support/random-from.js';

const logit = fc.double({ min: -30, max: 30, noNaN: true });
const held = fc
  .array(fc.tuple(fc.tuple(logit, logit, logit), fc.nat(2)), { maxLength: 60 })
  .map((rows) => ({
    logits: rows.map(([logits]) => logits),
    targets: rows.map(([, target]) => target),
  }));

describe('calibrate', () => {
  it('keeps the order of a class, and probabilities from 0 to 1 that sum to 1', () => {
    fc.assert(
      fc.property(held, logit, logit, logit, ({ logits, targets }, a, b, other) => {
        const calibration = calibrate(logits, targets, 3);
        expect(calibration.slope).toBeGreaterThan(0);
        const chances = [a, b].map((own) => probabilitiesOf([own, other, 0], calibration));
        for (const row of chances) {
          for (const chance of row) {
            expect(chance).toBeGreaterThanOrEqual(0);
            expect(chance).toBeLessThanOrEqual(1);
          }
          expect(row.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
        }
        const [low, high] = a <= b ? chances : chances.toReversed();
        expect(low?.[0]).toBeLessThanOrEqual((high?.[0] ?? 0) + 1e-12);
      }),
    );
  });

  it('takes back confidence that the held-out rows deny', () => {
    // Always sure of class 0, right three times in four.
    const logits = Array.from({ length: 400 }, () => [4, 0]);
    const targets = logits.map((_, index) => (index % 4 === 0 ? 1 : 0));
    const [chance] = probabilitiesOf([4, 0], calibrate(logits, targets, 2));
    expect(chance).toBeGreaterThan(0.72);
    expect(chance).toBeLessThan(0.8);
  });

  it('finds the best there is: no slope and no intercept beside it is better', () => {
    const draw = randomFrom(5);
    const logits = Array.from({ length: 120 }, () => [draw() * 6, draw() * 4 - 1, draw() * 3]);
    // The likeliest one is right two times in three, else the last.
    const targets = logits.map((row) => (draw() < 0.67 ? row.indexOf(Math.max(...row)) : 2));
    /** Negative log-likelihood, and what the prior adds: a Gaussian of strength 8 each. */
    const cost = ({ slope, intercepts }: Calibration) => {
      const away = [Math.log(slope / 0.9), ...intercepts];
      const prior = away.reduce((sum, one) => sum + 4 * one * one, 0);
      return logits.reduce((sum, row, index) => {
        const scores = row.map((logit, k) => slope * logit + (intercepts[k] ?? 0));
        const all = Math.log(scores.reduce((total, score) => total + Math.exp(score), 0));
        return sum + all - (scores[targets[index] ?? 0] ?? 0);
      }, prior);
    };
    const found = calibrate(logits, targets, 3);
    expect(Math.max(...found.intercepts.map(Math.abs))).toBeGreaterThan(0.3);
    for (const step of [-0.02, 0.02]) {
      const steeper = { ...found, slope: found.slope * (1 + step) };
      expect(cost(steeper)).toBeGreaterThan(cost(found));
      for (const k of [0, 1, 2]) {
        const intercepts = found.intercepts.with(k, (found.intercepts[k] ?? 0) + step);
        expect(cost({ ...found, intercepts })).toBeGreaterThan(cost(found));
      }
    }
  });

  it('stays near what holds for want of rows', () => {
    const { slope, intercepts } = calibrate([], [], 2);
    expect(slope).toBeCloseTo(uncalibrated(2).slope, 6);
    expect(intercepts).toEqual([0, 0]);
    expect(calibrate([[3, 0]], [1], 2).slope).toBeGreaterThan(0.7);
  });
});

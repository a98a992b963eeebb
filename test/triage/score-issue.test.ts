import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseClass } from '../../src/triage/choose-class.js';
import { ISSUE_CLASSES, type Scores } from '../../src/triage/plan.js';
import { scoreIssue } from '../../src/triage/score-issue.js';

const logit = fc.double({ min: -1000, max: 1000, noNaN: true });
const logits = fc.tuple(logit, logit, logit);
const temperature = fc.double({ min: 0.05, max: 20, noNaN: true });
const probability = fc.double({ min: 0, max: 1, noNaN: true });
const scores = fc.record({ bug: probability, feature: probability, question: probability });

describe('scoreIssue', () => {
  it('gives the probabilities of the example in its documentation', () => {
    const given = scoreIssue([2, 0, 0], 1);
    expect(given.bug).toBeCloseTo(0.787, 3);
    expect(given.feature).toBeCloseTo(0.107, 3);
    expect(given.question).toBeCloseTo(0.107, 3);
  });

  it('gives probabilities that sum to one, whatever the logits', () => {
    fc.assert(
      fc.property(logits, temperature, (given, t) => {
        const { bug, feature, question } = scoreIssue(given, t);
        expect(bug + feature + question).toBeCloseTo(1, 9);
        for (const score of [bug, feature, question]) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('keeps the order of the logits at every temperature', () => {
    fc.assert(
      fc.property(logits, temperature, (given, t) => {
        const found = scoreIssue(given, t);
        const values = ISSUE_CLASSES.map((name) => found[name]);
        for (const [i, a] of given.entries()) {
          for (const [j, b] of given.entries()) {
            if (a > b) expect(values[i]).toBeGreaterThanOrEqual(values[j] ?? 1);
          }
        }
      }),
    );
  });

  it('grows with its own logit', () => {
    fc.assert(
      fc.property(
        logits,
        fc.double({ min: 0, max: 50, noNaN: true }),
        temperature,
        (l, more, t) => {
          const [bug, feature, question] = l;
          const before = scoreIssue(l, t).bug;
          expect(scoreIssue([bug + more, feature, question], t).bug).toBeGreaterThanOrEqual(
            before - 1e-12,
          );
        },
      ),
    );
  });

  it('is the same when all logits are shifted alike', () => {
    const near = scoreIssue([1, 2, 3], 1.4);
    const far = scoreIssue([1001, 1002, 1003], 1.4);
    for (const name of ISSUE_CLASSES) expect(far[name]).toBeCloseTo(near[name], 9);
  });

  it.each([
    [[1, 2], 1],
    [[1, 2, 3, 4], 1],
    [[], 1],
    [[Number.NaN, 1, 2], 1],
    [[1, Number.POSITIVE_INFINITY, 2], 1],
    [[1, 2, 3], 0],
    [[1, 2, 3], -1],
    [[1, 2, 3], Number.NaN],
  ])('refuses logits %j at temperature %d', (given, t) => {
    expect(() => scoreIssue(given, t)).toThrow(RangeError);
  });
});

describe('chooseClass', () => {
  const thresholds: Scores = { bug: 0.88, feature: 0.66, question: 0.76 };

  it('takes the likeliest class once it reaches its own threshold', () => {
    const sure = chooseClass({ bug: 0.2, feature: 0.66, question: 0.14 }, thresholds);
    expect(sure.class).toBe('feature');
    expect(sure.reasons.map(({ code }) => code)).toEqual(['sure']);
  });

  it('abstains just below the threshold, and never shows the score as the threshold', () => {
    const unsure = chooseClass({ bug: 0.8799, feature: 0.1, question: 0.0201 }, thresholds);
    expect(unsure.class).toBeNull();
    expect(unsure.reasons[0]?.text).toContain('87.9 %');
    expect(unsure.reasons[0]?.text).toContain('88.0 %');
  });

  it('never falls back on a less likely class that would reach a lower threshold', () => {
    const choice = chooseClass(
      { bug: 0.5, feature: 0.45, question: 0.05 },
      { bug: 0.9, feature: 0.4, question: 0.4 },
    );
    expect(choice.class).toBeNull();
  });

  it('chooses nothing but the likeliest, and only at or above its threshold', () => {
    fc.assert(
      fc.property(scores, scores, (given, needed) => {
        const { class: chosen, reasons } = chooseClass(given, needed);
        expect(reasons).toHaveLength(1);
        const highest = Math.max(...ISSUE_CLASSES.map((name) => given[name]));
        if (chosen === null) {
          const best = ISSUE_CLASSES.filter((name) => given[name] === highest);
          expect(best.some((name) => given[name] < needed[name])).toBe(true);
        } else {
          expect(given[chosen]).toBe(highest);
          expect(given[chosen]).toBeGreaterThanOrEqual(needed[chosen]);
        }
      }),
    );
  });

  it('chooses no more when thresholds rise', () => {
    fc.assert(
      fc.property(
        scores,
        scores,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (given, low, more) => {
          const high = {
            bug: low.bug + more,
            feature: low.feature + more,
            question: low.question + more,
          };
          const strict = chooseClass(given, high).class;
          if (strict !== null) expect(chooseClass(given, low).class).toBe(strict);
        },
      ),
    );
  });
});

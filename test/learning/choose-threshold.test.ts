import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseThreshold, type LabelJudgement } from '../../src/learning/choose-threshold.js';
import { wilsonLower } from '../../src/learning/wilson.js';

const judged = (count: number, probability: number, right: boolean): LabelJudgement[] =>
  new Array<LabelJudgement>(count).fill({ probability, likeliest: true, true: right });

/** Rows drawn so that precise, imprecise and overconfident labels all come up. */
const judgements = fc
  .record({ sharpness: fc.double({ min: 0.1, max: 3, noNaN: true }), size: fc.nat(300) })
  .chain(({ sharpness, size }) =>
    fc.array(
      fc
        .tuple(
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.boolean(),
        )
        .map(([draw, luck, likeliest]) => {
          const probability = draw ** (1 / (1 + sharpness * 4));
          return { probability, likeliest, true: luck < probability };
        }),
      { minLength: size, maxLength: size },
    ),
  );

describe('chooseThreshold', () => {
  it('takes the lowest threshold that keeps the promise', () => {
    const rows = [...judged(60, 0.99, true), ...judged(40, 0.95, true), ...judged(50, 0.6, false)];
    expect(chooseThreshold(rows, 0.9)).toEqual({ threshold: 0.95, because: null, untried: false });
  });

  it('takes rows of any order, each with a probability of its own', () => {
    const rows = Array.from({ length: 100 }, (_, index) => {
      const probability = 0.901 + index / 2000;
      return { probability, likeliest: true, true: true };
    });
    const others = judged(10, 0.2, false).map((row) => ({ ...row, likeliest: false }));
    const expected = { threshold: 0.901, because: null, untried: false };
    expect(chooseThreshold([...rows, ...others], 0.9)).toEqual(expected);
    expect(chooseThreshold([...others, ...rows].reverse(), 0.9)).toEqual(expected);
  });

  it('stops at the first threshold that breaks the promise, whatever comes below it', () => {
    const rows = [
      ...judged(40, 0.99, true),
      ...judged(20, 0.98, false),
      ...judged(2000, 0.97, true),
    ];
    expect(chooseThreshold(rows, 0.9).threshold).toBe(0.99);
  });

  it('promises nothing on a few lucky rows', () => {
    const { threshold, because } = chooseThreshold(judged(10, 0.99, true), 0.9);
    expect(threshold).toBeNull();
    expect(because).toBe('only 10 unseen examples to judge it by, too few to promise 90 %');
  });

  it('promises nothing that probabilities deny, whatever the luck', () => {
    const bearing = (probability: number) => [
      ...judged(200, probability, true),
      ...judged(20, 0.1, false).map((row) => ({ ...row, likeliest: false })),
    ];
    expect(chooseThreshold(bearing(0.7), 0.9)).toMatchObject({
      threshold: null,
      because: 'its surest were right often enough, but said to be 70 % likely, not 90 %',
    });
    expect(chooseThreshold(bearing(0.95), 0.9).threshold).toBe(0.95);
  });

  it('never says that the best it can show is the promise it missed', () => {
    const becauseOf = (wrong: number, promise: number) =>
      chooseThreshold(
        [...judged(1000 - wrong, 0.999, true), ...judged(wrong, 0.999, false)],
        promise,
      ).because;
    expect(becauseOf(90, 0.9)).toBe('the best it can show is 89 %, not 90 %');
    expect(becauseOf(65, 0.925)).toBe('the best it can show is 92 %, not 92.5 %');
    expect(becauseOf(60, 0.999)).toBe(
      'only 1000 unseen examples to judge it by, too few to promise 99.9 %',
    );
  });

  it('promises nothing where no row was likely enough', () => {
    const rows = [{ probability: 0.4, likeliest: false, true: true }];
    expect(chooseThreshold(rows, 0.9)).toEqual({
      threshold: null,
      because: 'no unseen issue was likely enough to judge it by',
      untried: true,
    });
  });

  it('tells a label that nothing was shown of from one that was shown to fail', () => {
    const untried = (rows: readonly LabelJudgement[]) => chooseThreshold(rows, 0.9).untried;
    expect(untried(judged(10, 0.99, true))).toBe(true);
    expect(untried(judged(40, 0.99, false))).toBe(false);
    const never = judged(40, 0.2, true).map((row) => ({ ...row, likeliest: false }));
    expect(untried(never)).toBe(false);
  });

  it('promises nothing where nearly all that is known bears the label', () => {
    const few = [...judged(80, 0.999, true), ...judged(4, 0.2, false)];
    const { threshold, because, untried } = chooseThreshold(few, 0.9);
    expect({ threshold, untried }).toEqual({ threshold: null, untried: true });
    expect(because).toContain('only 4 unseen examples are known not to bear it');
  });

  it('lets nothing through that is just below what kept the promise', () => {
    const rows = [...judged(60, 0.95009, true), ...judged(40, 0.95001, false)];
    expect(chooseThreshold(rows, 0.9).threshold).toBe(0.95009);
  });

  it('says how much it could show at best', () => {
    const rows = [...judged(80, 0.97, true), ...judged(20, 0.97, false)];
    expect(chooseThreshold(rows, 0.9).because).toBe('the best it can show is 74 %, not 90 %');
  });

  it('never promises what the rows do not show', () => {
    let promised = 0;
    fc.assert(
      fc.property(judgements, fc.constantFrom(0.6, 0.8, 0.9), (rows, promise) => {
        const { threshold, because } = chooseThreshold(rows, promise);
        expect(threshold === null).toBe(because !== null);
        if (threshold === null) return;
        promised += 1;
        const proposed = rows.filter(
          ({ likeliest, probability }) => likeliest && probability >= threshold,
        );
        const right = proposed.filter((row) => row.true).length;
        expect(wilsonLower(right, proposed.length)).toBeGreaterThanOrEqual(promise);
      }),
      { numRuns: 200 },
    );
    expect(promised).toBeGreaterThan(0);
  });
});

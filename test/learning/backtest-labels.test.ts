import { describe, expect, it } from 'vitest';
import { backtestLabels } from '../../src/learning/backtest-labels.js';
import { planModel } from '../../src/learning/plan-model.js';
import type { JudgedRow } from '../../src/learning/roll-forward.js';

const PLAN = planModel([], [{ labels: ['a', 'b'], exclusive: true, complete: true }], 1);
const JUDGES = new Map([
  [
    0,
    [
      {
        mixture: { text: 1, embedding: 0, zeroConfig: 0 },
        calibration: { slope: 1, intercepts: [0, 0] },
      },
    ],
  ],
]);

/** A row that is judged `a` the likelier, the larger `logit`. */
function aRow(logit: number, label: string, index: number, slice = 0): JudgedRow {
  return {
    row: {
      issue: { title: '', body: null, labels: [label], createdAt: '2026-01-01T00:00:00Z' },
      embedding: new Float32Array(),
      encoderLogits: [],
      seen: false,
    },
    index,
    slice,
    logits: () => ({ text: [logit, 0], embedding: [0, 0], zeroConfig: [0, 0] }),
  };
}

describe('backtestLabels', () => {
  const rows = [aRow(1, 'a', 0), aRow(3, 'a', 1), aRow(-1, 'b', 2), aRow(2, 'b', 3)];
  const [a, b] = backtestLabels(rows, PLAN, JUDGES, 0.9);

  it('draws precision over coverage from the surest issue on', () => {
    expect(a?.curve).toEqual([
      { coverage: 0.25, precision: 1 },
      { coverage: 0.5, precision: 0.5 },
      { coverage: 0.75, precision: 2 / 3 },
    ]);
    expect(b?.curve).toEqual([{ coverage: 0.25, precision: 1 }]);
  });

  it('draws equal probabilities as one point', () => {
    const [label] = backtestLabels([...rows, aRow(3, 'b', 4)], PLAN, JUDGES, 0.9);
    expect(label?.curve[0]).toEqual({ coverage: 0.4, precision: 0.5 });
  });

  it('proposes nothing in the first slice, which has no slices before it', () => {
    expect(a).toMatchObject({ support: 2, proposed: 0, proposedPrecision: null, coverage: 0 });
  });

  it('proposes in a slice as a head would have done that was calibrated before it', () => {
    const slice = (number: number) => [
      ...Array.from({ length: 40 }, (_, index) => aRow(4, 'a', index, number)),
      ...Array.from({ length: 10 }, (_, index) => aRow(-4, 'b', index, number)),
    ];
    const first = JUDGES.get(0) ?? [];
    // Less sure than before, and still right: the threshold is less sure, too.
    const second = first.map((judge) => ({
      ...judge,
      calibration: { ...judge.calibration, slope: 0.6 },
    }));
    const judges = new Map([...JUDGES, [1, second]]);
    const [label] = backtestLabels([...slice(0), ...slice(1)], PLAN, judges, 0.9);
    expect(label).toMatchObject({ proposed: 40, proposedPrecision: 1, coverage: 0.4 });
  });
});

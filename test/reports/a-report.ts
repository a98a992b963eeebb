import type { BacktestReport } from '../../src/learning/backtest.js';
import type { LabelReport } from '../../src/learning/backtest-labels.js';

export function aLabel(changes: Partial<LabelReport> = {}): LabelReport {
  return {
    name: 'area: editor',
    support: 40,
    precision: 0.8,
    recall: 0.7,
    f1: 0.747,
    averagePrecision: 0.85,
    coverage: 0.1,
    precisionLowerBound: 0.91,
    calibrationError: 0.02,
    proposed: 10,
    proposedPrecision: 0.95,
    zeroConfig: null,
    majorityF1: 0,
    curve: [
      { coverage: 0.01, precision: 1 },
      { coverage: 0.2, precision: 0.75 },
    ],
    ...changes,
  };
}

export function aReport(changes: Partial<BacktestReport> = {}): BacktestReport {
  return {
    precision: 0.9,
    issues: { all: 200, duplicates: 3, seenByEncoder: 20, judged: 100 },
    slices: [{ from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z', judged: 100 }],
    labels: [aLabel()],
    leftOut: [],
    macroF1: { head: 0.747, zeroConfig: null, majority: 0 },
    calibrationError: 0.03,
    reliability: [{ count: 100, meanProbability: 0.85, observed: 0.8 }],
    mistakes: [],
    ...changes,
  };
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TOLERANCE } from '../../src/learning/fit-model.js';
import { outputsOf } from '../../src/learning/likelihood.js';
import {
  fitLogistic,
  fitLogisticByRows,
  type LogisticProblem,
  logitsOf,
} from '../../src/learning/logistic-regression.js';
import { softmax } from '../../src/learning/softmax.js';
import { denseOf, sparseOf } from '../support/matrices.js';
import { randomFrom } from '../support/random-from.js';

interface GoldenCase {
  readonly classes: number;
  readonly inverseStrength: number;
  readonly classWeights: number[];
  readonly targets: number[];
  readonly rows: [column: number, value: number][][];
  readonly coefficients: number[][];
  readonly intercepts: number[];
  readonly probabilities: number[][];
}

/** What `python -m sentinel_training.golden_logistic` wrote. */
const golden = JSON.parse(
  readFileSync(new URL('../golden/logistic-regression.json', import.meta.url), 'utf8'),
) as { readonly columns: number; readonly cases: GoldenCase[] };
const { columns } = golden;

const problems = golden.cases.map(
  (one) => [`${one.classes} classes, C = ${one.inverseStrength}`, one] as const,
);

const WAYS: readonly (readonly [
  name: string,
  solve: (problem: LogisticProblem) => Promise<Float64Array>,
  off: number,
])[] = [
  ['by weights', fitLogistic, 1e-6],
  // Products of 32 bits.
  ['by rows', async (one) => fitLogisticByRows(one, await one.matrix.rowProducts()), 1e-4],
];

describe.each(problems)('fitLogistic: %s', (_, one) => {
  const { classes, inverseStrength, classWeights, targets } = one;
  const problem = { targets: Int32Array.from(targets), classes, classWeights, inverseStrength };
  const matrix = sparseOf(one.rows, columns);

  it.each(WAYS)("%s, reaches scikit-learn's weights and biases to 1e-3", async (_, solve) => {
    const weights = await solve({ ...problem, matrix, tolerance: 1e-6, maxIterations: 1000 });
    const wanted = [...one.coefficients.flat(), ...one.intercepts];
    expect(weights).toHaveLength(outputsOf(classes) * (columns + 1));
    expect(farthest(weights, wanted)).toBeLessThan(1e-3);
  });

  it.each(WAYS)('%s, reaches its probabilities with the tolerance of a head', async (_, solve) => {
    const weights = await solve({ ...problem, matrix, tolerance: TOLERANCE });
    const logits = logitsOf(matrix, weights, classes);
    for (const [row, wanted] of one.probabilities.entries()) {
      expect(farthest(softmax(logits(row)), wanted)).toBeLessThan(1e-3);
    }
  });

  it('reaches the same from wherever it begins', async () => {
    const fitted = await fitLogistic({ ...problem, matrix, tolerance: 1e-8 });
    const start = fitted.map((weight, index) => weight + Math.sin(index));
    const again = await fitLogistic({ ...problem, matrix, tolerance: 1e-8, start });
    expect(farthest(again, Array.from(fitted))).toBeLessThan(1e-4);
  });

  it.each(WAYS)('%s, reaches the same from dense rows', async (_, solve, off) => {
    const sparse = await solve({ ...problem, matrix });
    const dense = await solve({ ...problem, matrix: denseOf(one.rows, columns) });
    expect(farthest(dense, Array.from(sparse))).toBeLessThan(off);
  });
});

describe('fitLogisticByRows', () => {
  it.each([
    [1, 2],
    [2, 3],
    [3, 2],
    [5, 5],
    [10, 8],
  ])(
    'reaches the minimum where rows lie in %i dimensions, of %i classes',
    async (rank, classes) => {
      const draw = randomFrom(rank * 10 + classes);
      const rows = Array.from({ length: 400 }, () =>
        Array.from({ length: rank }, (_, i) => [i, 3 * draw() - 1.5] as [number, number]),
      );
      const targets = Int32Array.from(rows, (_, row) => (draw() < 0.5 ? 0 : row % classes));
      const matrix = denseOf(rows, rank);
      const problem = { matrix, targets, classes, inverseStrength: 30, tolerance: TOLERANCE };
      const exact = await fitLogistic({ ...problem, tolerance: 1e-9, maxIterations: 1000 });
      const weights = await fitLogisticByRows(problem, await matrix.rowProducts());
      const chances = (fitted: Float64Array) => {
        const logits = logitsOf(matrix, fitted, classes);
        return rows.flatMap((_, row) => softmax(logits(row)));
      };
      expect(farthest(chances(weights), chances(exact))).toBeLessThan(1e-3);
    },
  );
});

function farthest(values: ArrayLike<number>, wanted: readonly number[]): number {
  return Math.max(...wanted.map((value, index) => Math.abs((values[index] ?? NaN) - value)));
}

import { type Observations, outputsOf } from './likelihood.js';
import type { Matrix } from './matrix.js';
import { minimiseByNewton } from './newton.js';
import { RowSpace } from './row-space.js';
import { scoresOf, WeightSpace } from './weight-space.js';

export interface LogisticProblem extends Observations {
  readonly matrix: Matrix;
  /** Largest gradient of the mean loss at which it is done. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
  /** Weights to begin from, not changed; the nearer, the sooner it is done. */
  readonly start?: Float64Array | undefined;
}

/**
 * L2-regularised logistic regression: the weights that minimise
 * `|w|² / 2 + C · Σ loss(row)`, biases not regularised; the same problem as scikit-learn's
 * `LogisticRegression`. Two classes have one vector (for class 0), more have one each (softmax).
 *
 * @returns vector after vector of `columns` weights, then one bias a vector
 */
export async function fitLogistic(problem: LogisticProblem): Promise<Float64Array> {
  const { matrix, start } = problem;
  const outputs = outputsOf(problem.classes);
  const weights = start
    ? Float64Array.from(start)
    : new Float64Array(outputs * (matrix.columns + 1));
  await minimiseByNewton(new WeightSpace(matrix, problem, weights), optionsOf(problem));
  return centred(weights, outputs);
}

/**
 * The same for a matrix of few rows, from the products of all pairs of its rows: much sooner than by
 * its columns. Its products are rounded to 32 bits; where that ends it short of the minimum, as it does
 * if many rows are nearly alike, it goes on by the weights.
 *
 * @param products of each row with each: `matrix.rowProducts()`
 */
export async function fitLogisticByRows(
  problem: Omit<LogisticProblem, 'start'>,
  products: Float32Array,
): Promise<Float64Array> {
  const space = new RowSpace(products, problem);
  await minimiseByNewton(space, optionsOf(problem));
  return fitLogistic({ ...problem, start: space.weightsOf(problem.matrix) });
}

function optionsOf(problem: LogisticProblem) {
  const { targets, inverseStrength, tolerance = 1e-4, maxIterations = 50 } = problem;
  const rows = targets.reduce((count, target) => count + (target < 0 ? 0 : 1), 0);
  return { tolerance: tolerance * inverseStrength * Math.max(1, rows), maxIterations };
}

/** Gives each row's logits, one a class; of two classes the second is 0. */
export function logitsOf(
  matrix: Matrix,
  weights: Float64Array,
  classes: number,
): (row: number) => number[] {
  const scores = scoresOf(matrix, weights, outputsOf(classes));
  return (row) => {
    const own = scores.map((values) => values[row] as number);
    return classes === 2 ? [...own, 0] : own;
  };
}

/** What is added to all of a softmax's biases changes nothing; their mean is 0, as scikit-learn's. */
function centred(weights: Float64Array, outputs: number): Float64Array {
  if (outputs === 1) return weights;
  const biases = weights.subarray(weights.length - outputs);
  const mean = biases.reduce((sum, bias) => sum + bias, 0) / outputs;
  for (let k = 0; k < outputs; k += 1) biases[k] = (biases[k] as number) - mean;
  return weights;
}

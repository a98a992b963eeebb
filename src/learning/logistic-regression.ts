import { minimise } from './lbfgs.js';
import type { Matrix } from './matrix.js';

export interface LogisticProblem {
  readonly matrix: Matrix;
  /** The class of each row, 0 to `classes` - 1; other rows of the matrix are not looked at. */
  readonly rows: readonly number[];
  readonly targets: readonly number[];
  readonly classes: number;
  /** How much each class's rows count, one a class; 1 each when left out. */
  readonly classWeights?: readonly number[];
  /** Inverse strength of the regularisation, as scikit-learn's `C`. */
  readonly inverseStrength: number;
  /** Largest gradient of the mean loss at which it is done. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
}

/**
 * L2-regularised logistic regression: the weights that minimise
 * `|w|² / 2 + C · Σ loss(row)`, biases not regularised; the same problem as scikit-learn's
 * `LogisticRegression`. Two classes have one vector (for class 0), more have one each (softmax).
 *
 * @returns vector after vector of `columns` weights, then one bias a vector
 */
export function fitLogistic(problem: LogisticProblem): Float64Array {
  const { matrix, rows, classes, inverseStrength: c } = problem;
  const outputs = outputsOf(classes);
  const size = outputs * matrix.columns;
  const weightOf = (target: number) => c * (problem.classWeights?.[target] ?? 1);
  const scores = new Float64Array(outputs);
  return minimise(
    (weights, gradient) => {
      let value = 0;
      gradient.fill(0);
      for (let i = 0; i < size; i += 1) {
        const weight = weights[i] as number;
        value += (weight * weight) / 2;
        gradient[i] = weight;
      }
      for (const [position, row] of rows.entries()) {
        const target = problem.targets[position] as number;
        scoreRow(matrix, row, weights, scores);
        const factor = weightOf(target);
        value += factor * lossAndResidual(scores, target);
        for (let k = 0; k < outputs; k += 1) {
          const residual = factor * (scores[k] as number);
          matrix.addTo(row, residual, gradient, k * matrix.columns);
          gradient[size + k] = (gradient[size + k] as number) + residual;
        }
      }
      return value;
    },
    new Float64Array(size + outputs),
    {
      tolerance: (problem.tolerance ?? 1e-4) * c * Math.max(1, rows.length),
      maxIterations: problem.maxIterations ?? 200,
    },
  );
}

/** Vectors of weights that so many classes take. */
export function outputsOf(classes: number): number {
  return classes === 2 ? 1 : classes;
}

/** Fills `scores`, one a vector of weights, with the row's logits. */
function scoreRow(matrix: Matrix, row: number, weights: Float64Array, scores: Float64Array): void {
  const size = scores.length * matrix.columns;
  for (let k = 0; k < scores.length; k += 1) {
    scores[k] = matrix.product(row, weights, k * matrix.columns) + (weights[size + k] as number);
  }
}

/** A row's logits, one a class; of two classes the second is 0. */
export function logitsOf(
  matrix: Matrix,
  row: number,
  weights: Float64Array,
  classes: number,
): number[] {
  const scores = new Float64Array(outputsOf(classes));
  scoreRow(matrix, row, weights, scores);
  return classes === 2 ? [scores[0] as number, 0] : Array.from(scores);
}

/** The negative log-likelihood of the target; turns the logits into its derivatives by them. */
function lossAndResidual(scores: Float64Array, target: number): number {
  if (scores.length === 1) {
    const z = scores[0] as number;
    const signed = target === 0 ? z : -z;
    scores[0] = 1 / (1 + Math.exp(-z)) - (target === 0 ? 1 : 0);
    // log(1 + e^-signed) without overflow.
    return signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed;
  }
  const highest = Math.max(...scores);
  const own = scores[target] as number;
  let sum = 0;
  for (let k = 0; k < scores.length; k += 1) {
    scores[k] = Math.exp((scores[k] as number) - highest);
    sum += scores[k] as number;
  }
  for (let k = 0; k < scores.length; k += 1) scores[k] = (scores[k] as number) / sum;
  scores[target] = (scores[target] as number) - 1;
  return Math.log(sum) + highest - own;
}

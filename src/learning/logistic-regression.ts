import type { Matrix } from './matrix.js';
import { minimiseByNewton, type NewtonProblem } from './newton.js';

export interface LogisticProblem {
  readonly matrix: Matrix;
  /** The class of each row of the matrix, 0 to `classes` - 1, or -1 for one not to learn from. */
  readonly targets: Int32Array;
  readonly classes: number;
  /** How much each class's rows count, one a class; 1 each when left out. */
  readonly classWeights?: readonly number[];
  /** Inverse strength of the regularisation, as scikit-learn's `C`. */
  readonly inverseStrength: number;
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
export function fitLogistic(problem: LogisticProblem): Float64Array {
  const outputs = outputsOf(problem.classes);
  const size = outputs * (problem.matrix.columns + 1);
  const weights = problem.start ? Float64Array.from(problem.start) : new Float64Array(size);
  const rows = problem.targets.reduce((count, target) => count + (target < 0 ? 0 : 1), 0);
  minimiseByNewton(new Fit(problem, weights), {
    tolerance: (problem.tolerance ?? 1e-4) * problem.inverseStrength * Math.max(1, rows),
    maxIterations: problem.maxIterations ?? 50,
  });
  centreBiases(weights, outputs);
  return weights;
}

/** Vectors of weights that so many classes take. */
export function outputsOf(classes: number): number {
  return classes === 2 ? 1 : classes;
}

/** Each row's logits, one a class; of two classes the second is 0. */
export function logitsOf(matrix: Matrix, weights: Float64Array, classes: number): number[][] {
  const scores = scoresOf(matrix, weights, outputsOf(classes));
  return Array.from({ length: matrix.rows }, (_, row) => {
    const own = scores.map((values) => values[row] as number);
    return classes === 2 ? [...own, 0] : own;
  });
}

/** For each vector of weights each row's product with it, bias added. */
function scoresOf(matrix: Matrix, weights: Float64Array, outputs: number): Float64Array[] {
  const { rows, columns } = matrix;
  return Array.from({ length: outputs }, (_, k) => {
    const scores = new Float64Array(rows);
    matrix.multiply(weights.subarray(k * columns, (k + 1) * columns), scores);
    const bias = weights[outputs * columns + k] as number;
    for (let row = 0; row < rows; row += 1) scores[row] = (scores[row] as number) + bias;
    return scores;
  });
}

/** What is added to all of a softmax's biases changes nothing; their mean is 0, as scikit-learn's. */
function centreBiases(weights: Float64Array, outputs: number): void {
  if (outputs === 1) return;
  const biases = weights.subarray(weights.length - outputs);
  const mean = biases.reduce((sum, bias) => sum + bias, 0) / outputs;
  for (let k = 0; k < outputs; k += 1) biases[k] = (biases[k] as number) - mean;
}

/** The regression at its present weights, with each row's scores and chances. */
class Fit implements NewtonProblem {
  readonly size: number;
  readonly #outputs: number;
  /** How much each row counts; 0 for one not to learn from. */
  readonly #factors: Float64Array;
  #scores: Float64Array[];
  /** Probability of each vector's class. */
  readonly #chances: Float64Array[];
  #direction: Float64Array = new Float64Array();
  #slopes: Float64Array[] = [];

  constructor(
    private readonly problem: LogisticProblem,
    private readonly weights: Float64Array,
  ) {
    const { matrix, classes, targets, classWeights, inverseStrength } = problem;
    this.#outputs = outputsOf(classes);
    this.size = weights.length;
    this.#factors = Float64Array.from(targets, (target) =>
      target < 0 ? 0 : inverseStrength * (classWeights?.[target] ?? 1),
    );
    this.#scores = scoresOf(matrix, weights, this.#outputs);
    this.#chances = this.#scores.map((scores) => new Float64Array(scores.length));
  }

  gradient(gradient: Float64Array): void {
    const { matrix, targets } = this.problem;
    const { columns, rows } = matrix;
    fillChances(this.#scores, this.#chances);
    gradient.set(this.weights);
    const residuals = new Float64Array(rows);
    for (const [k, chances] of this.#chances.entries()) {
      let bias = 0;
      for (let row = 0; row < rows; row += 1) {
        const hit = targets[row] === k ? 1 : 0;
        const residual = (this.#factors[row] as number) * ((chances[row] as number) - hit);
        residuals[row] = residual;
        bias += residual;
      }
      matrix.addRows(residuals, gradient.subarray(k * columns, (k + 1) * columns));
      gradient[this.#outputs * columns + k] = bias;
    }
  }

  diagonal(diagonal: Float64Array): void {
    const { matrix } = this.problem;
    const { columns, rows } = matrix;
    diagonal.fill(1);
    const bends = new Float64Array(rows);
    for (const [k, chances] of this.#chances.entries()) {
      let bias = 0;
      for (let row = 0; row < rows; row += 1) {
        const chance = chances[row] as number;
        const bend = (this.#factors[row] as number) * chance * (1 - chance);
        bends[row] = bend;
        bias += bend;
      }
      matrix.addSquares(bends, diagonal.subarray(k * columns, (k + 1) * columns));
      diagonal[this.#outputs * columns + k] = Math.max(bias, 1e-9);
    }
  }

  curvature(direction: Float64Array, product: Float64Array): void {
    const { matrix } = this.problem;
    const { columns, rows } = matrix;
    const changes = scoresOf(matrix, direction, this.#outputs);
    this.#bend(changes);
    product.set(direction);
    for (const [k, own] of changes.entries()) {
      matrix.addRows(own, product.subarray(k * columns, (k + 1) * columns));
      let bias = 0;
      for (let row = 0; row < rows; row += 1) bias += own[row] as number;
      product[this.#outputs * columns + k] = bias;
    }
  }

  along(direction: Float64Array): (step: number) => number {
    this.#direction = direction;
    this.#slopes = scoresOf(this.problem.matrix, direction, this.#outputs);
    const squares = [0, 0, 0];
    const last = this.#outputs * this.problem.matrix.columns;
    for (let i = 0; i < last; i += 1) {
      const [weight, way] = [this.weights[i] as number, direction[i] as number];
      squares[0] = (squares[0] as number) + weight * weight;
      squares[1] = (squares[1] as number) + weight * way;
      squares[2] = (squares[2] as number) + way * way;
    }
    const [own = 0, both = 0, ways = 0] = squares;
    return (step) => own / 2 + step * both + (step * step * ways) / 2 + this.#lossAt(step);
  }

  move(step: number): void {
    const direction = this.#direction;
    for (let i = 0; i < this.size; i += 1) {
      this.weights[i] = (this.weights[i] as number) + step * (direction[i] as number);
    }
    this.#scores = this.#scoresAt(step);
  }

  #scoresAt(step: number): Float64Array[] {
    return this.#scores.map((scores, k) => {
      const slopes = this.#slopes[k] as Float64Array;
      const moved = new Float64Array(scores.length);
      for (let row = 0; row < moved.length; row += 1) {
        moved[row] = (scores[row] as number) + step * (slopes[row] as number);
      }
      return moved;
    });
  }

  #lossAt(step: number): number {
    const scores = this.#scoresAt(step);
    const { targets } = this.problem;
    let sum = 0;
    for (let row = 0; row < targets.length; row += 1) {
      const factor = this.#factors[row] as number;
      if (factor > 0) sum += factor * lossOf(scores, row, targets[row] as number);
    }
    return sum;
  }

  /** Turns changes of the scores into those of the loss's derivatives by them. */
  #bend(changes: readonly Float64Array[]): void {
    const rows = this.#factors.length;
    if (changes.length === 1) {
      const [own, chances] = [changes[0] as Float64Array, this.#chances[0] as Float64Array];
      for (let row = 0; row < rows; row += 1) {
        const chance = chances[row] as number;
        own[row] = (own[row] as number) * (this.#factors[row] as number) * chance * (1 - chance);
      }
      return;
    }
    for (let row = 0; row < rows; row += 1) {
      let mean = 0;
      for (let k = 0; k < changes.length; k += 1) {
        mean += (changes[k]?.[row] as number) * (this.#chances[k]?.[row] as number);
      }
      for (let k = 0; k < changes.length; k += 1) {
        const own = changes[k] as Float64Array;
        const chance = this.#chances[k]?.[row] as number;
        own[row] = (this.#factors[row] as number) * chance * ((own[row] as number) - mean);
      }
    }
  }
}

/** Probabilities from scores: logistic for one vector, softmax for more. */
function fillChances(scores: readonly Float64Array[], chances: readonly Float64Array[]): void {
  const rows = scores[0]?.length ?? 0;
  for (let row = 0; row < rows; row += 1) {
    if (scores.length === 1) {
      (chances[0] as Float64Array)[row] = 1 / (1 + Math.exp(-(scores[0]?.[row] as number)));
      continue;
    }
    const highest = highestOf(scores, row);
    let sum = 0;
    for (let k = 0; k < scores.length; k += 1) {
      const power = Math.exp((scores[k]?.[row] as number) - highest);
      (chances[k] as Float64Array)[row] = power;
      sum += power;
    }
    for (let k = 0; k < scores.length; k += 1) {
      const own = chances[k] as Float64Array;
      own[row] = (own[row] as number) / sum;
    }
  }
}

/** The negative log-likelihood of a row's class, without overflow. */
function lossOf(scores: readonly Float64Array[], row: number, target: number): number {
  if (scores.length === 1) {
    const score = scores[0]?.[row] as number;
    const signed = target === 0 ? score : -score;
    return signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed;
  }
  const highest = highestOf(scores, row);
  let sum = 0;
  for (let k = 0; k < scores.length; k += 1) {
    sum += Math.exp((scores[k]?.[row] as number) - highest);
  }
  return Math.log(sum) + highest - (scores[target]?.[row] as number);
}

function highestOf(scores: readonly Float64Array[], row: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < scores.length; k += 1) {
    highest = Math.max(highest, scores[k]?.[row] as number);
  }
  return highest;
}

import { Likelihood, type Observations, outputsOf } from './likelihood.js';
import type { Matrix } from './matrix.js';
import type { NewtonProblem } from './newton.js';
import { combine, dot, sumOf } from './vectors.js';

/**
 * A logistic regression by its weights: vector after vector of `columns`, then one bias a vector.
 * Its cost grows with the rows' entries, so that any number of rows will do.
 */
export class WeightSpace implements NewtonProblem<Float64Array> {
  readonly #outputs: number;
  readonly #likelihood: Likelihood;
  readonly #scores: Float64Array[];
  readonly #product: Float64Array;
  #direction: Float64Array = new Float64Array();
  #changes: Float64Array[] = [];
  /** Of the first point: it only conditions, and serves the later ones nearly as well. */
  #diagonal: Float64Array | null = null;

  /** @param weights at which it stands; changed as it moves */
  constructor(
    private readonly matrix: Matrix,
    observed: Observations,
    private readonly weights: Float64Array,
  ) {
    this.#outputs = outputsOf(observed.classes);
    this.#scores = scoresOf(matrix, weights, this.#outputs);
    this.#likelihood = new Likelihood(observed, this.#scores);
    this.#product = this.zero();
  }

  zero(): Float64Array {
    return new Float64Array(this.weights.length);
  }

  dot(a: Float64Array, b: Float64Array): number {
    return dot(a, b);
  }

  combine(to: Float64Array, scale: number, factor: number, vector: Float64Array): void {
    combine(to, scale, factor, vector);
  }

  gradient(): Float64Array {
    const gradient = Float64Array.from(this.weights);
    const slopes = new Float64Array(this.matrix.rows);
    this.#likelihood.refresh();
    for (let k = 0; k < this.#outputs; k += 1) {
      gradient[this.#bias(k)] = this.#likelihood.slopes(k, slopes);
      this.matrix.addRows(slopes, this.#part(gradient, k));
    }
    return gradient;
  }

  steepness(gradient: Float64Array): number {
    let most = 0;
    for (const value of gradient) most = Math.max(most, Math.abs(value));
    return most;
  }

  condition(vector: Float64Array, into: Float64Array): void {
    this.#diagonal ??= this.#hessianDiagonal();
    for (let i = 0; i < into.length; i += 1) {
      into[i] = (vector[i] as number) / (this.#diagonal[i] as number);
    }
  }

  curvature(direction: Float64Array): Float64Array {
    const changes = scoresOf(this.matrix, direction, this.#outputs);
    this.#likelihood.bend(changes);
    this.#product.set(direction);
    for (const [k, own] of changes.entries()) {
      this.matrix.addRows(own, this.#part(this.#product, k));
      this.#product[this.#bias(k)] = sumOf(own);
    }
    return this.#product;
  }

  along(direction: Float64Array): (step: number) => number {
    this.#direction = direction;
    this.#changes = scoresOf(this.matrix, direction, this.#outputs);
    const last = this.#bias(0);
    const [weights, way] = [this.weights.subarray(0, last), direction.subarray(0, last)];
    const [own, both, ways] = [dot(weights, weights), dot(weights, way), dot(way, way)];
    return (step) =>
      own / 2 +
      step * both +
      (step * step * ways) / 2 +
      this.#likelihood.lossAt(this.#changes, step);
  }

  move(step: number): void {
    combine(this.weights, 1, step, this.#direction);
    for (const [k, own] of this.#scores.entries()) {
      combine(own, 1, step, this.#changes[k] as Float64Array);
    }
  }

  #hessianDiagonal(): Float64Array {
    const diagonal = this.zero().fill(1);
    const bends = new Float64Array(this.matrix.rows);
    for (let k = 0; k < this.#outputs; k += 1) {
      diagonal[this.#bias(k)] = Math.max(this.#likelihood.bends(k, bends), 1e-9);
      this.matrix.addSquares(bends, this.#part(diagonal, k));
    }
    return diagonal;
  }

  #part(vector: Float64Array, k: number): Float64Array {
    const { columns } = this.matrix;
    return vector.subarray(k * columns, (k + 1) * columns);
  }

  #bias(k: number): number {
    return this.#outputs * this.matrix.columns + k;
  }
}

/** For each vector of weights each row's product with it, bias added. */
export function scoresOf(matrix: Matrix, weights: Float64Array, outputs: number): Float64Array[] {
  const { rows, columns } = matrix;
  return Array.from({ length: outputs }, (_, k) => {
    const scores = new Float64Array(rows);
    matrix.multiply(weights.subarray(k * columns, (k + 1) * columns), scores);
    const bias = weights[outputs * columns + k] as number;
    for (let row = 0; row < rows; row += 1) scores[row] = (scores[row] as number) + bias;
    return scores;
  });
}

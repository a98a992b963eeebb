import { multiplyMatrices } from '../models/multiply-matrices.js';
import { Likelihood, type Observations, outputsOf } from './likelihood.js';
import type { Matrix } from './matrix.js';
import type { NewtonProblem } from './newton.js';
import { combine, dot, sumOf } from './vectors.js';

/**
 * Weights as a sum of rows: each output's are the rows times its factors. Outputs lie one after the
 * other, `rows` numbers each.
 */
interface RowVector {
  readonly factors: Float64Array;
  /** The product of each row with the weights. */
  readonly products: Float64Array;
  /** One an output. */
  readonly biases: Float64Array;
}

/**
 * A logistic regression of few rows and many columns. Its best weights are a sum of rows (the
 * representer theorem; Kimeldorf and Wahba, 1971), so it is fitted by a factor a row, and what it
 * needs of the rows are their products with each other. Lengths and angles are those of the
 * weights: conjugate gradients take the very steps they would take there.
 */
export class RowSpace implements NewtonProblem<RowVector> {
  readonly #rows: number;
  readonly #outputs: number;
  readonly #likelihood: Likelihood;
  /** Output after output. */
  readonly #scores: Float64Array;
  readonly #point: RowVector;
  #direction: RowVector;
  /** Used again by each product: new arrays by the thousand would keep the collector busy. */
  readonly #bent: RowVector;
  readonly #narrow: Float32Array;
  /** What each bias bends by at the first point; weights are bent by 1 and the rows. */
  #bends: Float64Array | null = null;

  /** @param products of each row with each, row after row */
  constructor(
    private readonly products: Float32Array,
    observed: Observations,
  ) {
    this.#rows = observed.targets.length;
    this.#outputs = outputsOf(observed.classes);
    this.#point = this.zero();
    this.#direction = this.#point;
    this.#bent = this.zero();
    this.#narrow = new Float32Array(this.#outputs * this.#rows);
    this.#scores = new Float64Array(this.#outputs * this.#rows);
    this.#likelihood = new Likelihood(observed, this.#changesAlong(this.#point, this.#scores));
  }

  /** The weights it has come to: vector after vector of `columns`, then one bias a vector. */
  weightsOf(matrix: Matrix): Float64Array {
    const { columns } = matrix;
    const weights = new Float64Array(this.#outputs * (columns + 1));
    for (let k = 0; k < this.#outputs; k += 1) {
      const factors = this.#part(this.#point.factors, k);
      matrix.addRows(factors, weights.subarray(k * columns, (k + 1) * columns));
    }
    weights.set(this.#point.biases, this.#outputs * columns);
    return weights;
  }

  zero(): RowVector {
    const size = this.#outputs * this.#rows;
    return {
      factors: new Float64Array(size),
      products: new Float64Array(size),
      biases: new Float64Array(this.#outputs),
    };
  }

  dot(a: RowVector, b: RowVector): number {
    return dot(a.factors, b.products) + dot(a.biases, b.biases);
  }

  combine(to: RowVector, scale: number, factor: number, vector: RowVector): void {
    combine(to.factors, scale, factor, vector.factors);
    combine(to.products, scale, factor, vector.products);
    combine(to.biases, scale, factor, vector.biases);
  }

  async gradient(): Promise<RowVector> {
    this.#likelihood.refresh();
    const gradient = this.zero();
    for (let k = 0; k < this.#outputs; k += 1) {
      gradient.biases[k] = this.#likelihood.slopes(k, this.#part(gradient.factors, k));
    }
    return this.#regularised(this.#point, gradient);
  }

  /** Its length: no less than its largest component. Rounding may leave less than nothing of it. */
  steepness(gradient: RowVector): number {
    return Math.sqrt(Math.max(0, this.dot(gradient, gradient)));
  }

  condition(vector: RowVector, into: RowVector): void {
    this.combine(into, 0, 1, vector);
    this.#bends ??= this.#biasBends();
    for (let k = 0; k < this.#outputs; k += 1) {
      into.biases[k] = (vector.biases[k] as number) / (this.#bends[k] as number);
    }
  }

  async curvature(direction: RowVector): Promise<RowVector> {
    const changes = this.#changesAlong(direction, this.#bent.factors);
    this.#likelihood.bend(changes);
    this.#bent.biases.set(changes.map(sumOf));
    return this.#regularised(direction, this.#bent);
  }

  along(direction: RowVector): (step: number) => number {
    this.#direction = direction;
    const changes = this.#changesAlong(direction, new Float64Array(this.#scores.length));
    const point = this.#point;
    const own = dot(point.factors, point.products);
    const both = dot(point.factors, direction.products);
    const ways = dot(direction.factors, direction.products);
    return (step) =>
      own / 2 + step * both + (step * step * ways) / 2 + this.#likelihood.lossAt(changes, step);
  }

  move(step: number): void {
    this.combine(this.#point, 1, step, this.#direction);
    this.#changesAlong(this.#point, this.#scores);
  }

  /** Adds `vector` to the rows times the factors of `loss`: what regularisation and loss make. */
  async #regularised(vector: RowVector, loss: RowVector): Promise<RowVector> {
    const [rows, outputs] = [this.#rows, this.#outputs];
    this.#narrow.set(loss.factors);
    const products = await multiplyMatrices(
      { values: this.#narrow, rows: outputs, columns: rows },
      { values: this.products, rows, columns: rows },
    );
    loss.products.set(products);
    combine(loss.factors, 1, 1, vector.factors);
    combine(loss.products, 1, 1, vector.products);
    return loss;
  }

  /** By how much each row's scores change along a vector; the parts of `into`, an output each. */
  #changesAlong({ products, biases }: RowVector, into: Float64Array): Float64Array[] {
    into.set(products);
    return Array.from({ length: this.#outputs }, (_, k) => {
      const own = this.#part(into, k);
      const bias = biases[k] as number;
      for (let row = 0; row < own.length; row += 1) own[row] = (own[row] as number) + bias;
      return own;
    });
  }

  #biasBends(): Float64Array {
    const bends = new Float64Array(this.#rows);
    return Float64Array.from({ length: this.#outputs }, (_, k) =>
      Math.max(this.#likelihood.bends(k, bends), 1e-9),
    );
  }

  #part(values: Float64Array, k: number): Float64Array {
    return values.subarray(k * this.#rows, (k + 1) * this.#rows);
  }
}

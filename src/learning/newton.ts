/**
 * A smooth, convex function of weights that is quadratic enough for Newton's method. It keeps the
 * point it is at; a direction is tried and taken in two steps, so that a shorter step costs little.
 */
export interface NewtonProblem {
  readonly size: number;
  /** Fills `gradient` at the point. */
  gradient(gradient: Float64Array): void;
  /** Fills `diagonal` with that of the Hessian at the point; asked for after the gradient. */
  diagonal(diagonal: Float64Array): void;
  /** Fills `product` with the Hessian at the point times `direction`. */
  curvature(direction: Float64Array, product: Float64Array): void;
  /** Readies a direction; then `valueAt(step)` is the function's value `step` times as far along it. */
  along(direction: Float64Array): (step: number) => number;
  /** Moves `step` times the direction last given to `along`. */
  move(step: number): void;
}

export interface NewtonOptions {
  /** Stops once no component of the gradient is larger than this. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

/** Share of the gradient that may be left unexplained by a step; smaller ones near the minimum. */
const ROUGH = 0.5;
const MAX_CONJUGATE = 100;
/** Share of the promised decrease that a step must bring (Armijo's rule). */
const SUFFICIENT = 1e-4;
const MAX_HALVINGS = 30;

/**
 * Minimises by a line-search Newton method, each step found by conjugate gradients preconditioned by
 * the Hessian's diagonal and broken off early (Nocedal and Wright, "Numerical Optimization", 2nd
 * edition, algorithms 5.3 and 7.1). With many more weights than rows it takes fewer passes over
 * them than limited-memory BFGS, and it is done to ten digits as soon as to three.
 */
export function minimiseByNewton(
  problem: NewtonProblem,
  { tolerance, maxIterations }: NewtonOptions,
): void {
  const gradient = new Float64Array(problem.size);
  const diagonal = new Float64Array(problem.size);
  let first = 0;
  for (let iteration = 0; iteration < maxIterations; iteration += 1) {
    problem.gradient(gradient);
    if (largest(gradient) <= tolerance) return;
    const length = Math.sqrt(dot(gradient, gradient));
    if (iteration === 0) {
      first = length;
      // It only conditions: that of the first point serves the later ones nearly as well.
      problem.diagonal(diagonal);
    }
    const enough = Math.min(ROUGH, Math.sqrt(length / first)) * length;
    const direction = newtonStep(problem, gradient, diagonal, Math.max(enough, tolerance / 10));
    const slope = dot(direction, gradient);
    const valueAt = problem.along(direction);
    const value = valueAt(0);
    let step = 1;
    for (let halving = 0; halving < MAX_HALVINGS; halving += 1) {
      if (valueAt(step) <= value + SUFFICIENT * step * slope) break;
      step /= 2;
    }
    // Rounding leaves nothing to gain.
    if (!(valueAt(step) < value)) return;
    problem.move(step);
  }
}

/** Solves Hessian · step = -gradient until no more than `enough` is left of the gradient. */
function newtonStep(
  problem: NewtonProblem,
  gradient: Float64Array,
  diagonal: Float64Array,
  enough: number,
): Float64Array {
  const { size } = problem;
  const step = new Float64Array(size);
  const rest = gradient.map((value) => -value);
  const scaled = new Float64Array(size);
  const direction = new Float64Array(size);
  const product = new Float64Array(size);
  let energy = 0;
  for (let iteration = 0; iteration < MAX_CONJUGATE; iteration += 1) {
    let next = 0;
    let left = 0;
    for (let i = 0; i < size; i += 1) {
      const own = rest[i] as number;
      const value = own / (diagonal[i] as number);
      scaled[i] = value;
      next += own * value;
      left += own * own;
    }
    if (iteration > 0 && left <= enough * enough) break;
    const share = iteration === 0 ? 0 : next / energy;
    for (let i = 0; i < size; i += 1) {
      direction[i] = (scaled[i] as number) + share * (direction[i] as number);
    }
    energy = next;
    problem.curvature(direction, product);
    const bend = dot(direction, product);
    if (!(bend > 0)) break;
    const length = energy / bend;
    for (let i = 0; i < size; i += 1) {
      step[i] = (step[i] as number) + length * (direction[i] as number);
      rest[i] = (rest[i] as number) - length * (product[i] as number);
    }
  }
  return step;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i += 1) most = Math.max(most, Math.abs(values[i] as number));
  return most;
}

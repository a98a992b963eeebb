/**
 * A smooth, convex function that is quadratic enough for Newton's method, over vectors of whatever
 * kind. It keeps the point it is at; a direction is tried and taken in two steps, so that a shorter
 * step costs little.
 */
export interface NewtonProblem<Vector> {
  zero(): Vector;
  dot(a: Vector, b: Vector): number;
  /** `to = scale · to + factor · vector` */
  combine(to: Vector, scale: number, factor: number, vector: Vector): void;
  /** The gradient at the point, a vector of its own. */
  gradient(): Vector | Promise<Vector>;
  /** How far a gradient is from none, as the tolerance counts. */
  steepness(gradient: Vector): number;
  /** Fills `into` with `vector` divided by about the Hessian; asked for after the gradient. */
  condition(vector: Vector, into: Vector): void;
  /** The Hessian at the point times `direction`; lasts until asked for again. */
  curvature(direction: Vector): Vector | Promise<Vector>;
  /** Readies a direction; then `valueAt(step)` is the function's value `step` times as far along it. */
  along(direction: Vector): (step: number) => number;
  /** Moves `step` times the direction last given to `along`. */
  move(step: number): void;
}

export interface NewtonOptions {
  /** Stops once the gradient is no steeper than this. */
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
 * Minimises by a line-search Newton method, each step found by preconditioned conjugate gradients and
 * broken off early (Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithms 5.3 and
 * 7.1). With many more weights than rows it takes fewer passes over them than limited-memory BFGS,
 * and it is done to ten digits as soon as to three.
 */
export async function minimiseByNewton<Vector>(
  problem: NewtonProblem<Vector>,
  { tolerance, maxIterations }: NewtonOptions,
): Promise<void> {
  let first = 0;
  for (let iteration = 0; iteration < maxIterations; iteration += 1) {
    const gradient = await problem.gradient();
    if (problem.steepness(gradient) <= tolerance) return;
    const length = Math.sqrt(problem.dot(gradient, gradient));
    if (iteration === 0) first = length;
    const enough = Math.min(ROUGH, Math.sqrt(length / first)) * length;
    const direction = await newtonStep(problem, gradient, Math.max(enough, tolerance / 10));
    const slope = problem.dot(direction, gradient);
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
async function newtonStep<Vector>(
  problem: NewtonProblem<Vector>,
  gradient: Vector,
  enough: number,
): Promise<Vector> {
  const step = problem.zero();
  const rest = problem.zero();
  problem.combine(rest, 0, -1, gradient);
  const scaled = problem.zero();
  const direction = problem.zero();
  let energy = 0;
  for (let iteration = 0; iteration < MAX_CONJUGATE; iteration += 1) {
    if (iteration > 0 && problem.dot(rest, rest) <= enough * enough) break;
    problem.condition(rest, scaled);
    const next = problem.dot(rest, scaled);
    // Rounding is all that is left of the gradient.
    if (!(next > 0)) break;
    problem.combine(direction, iteration === 0 ? 0 : next / energy, 1, scaled);
    energy = next;
    const product = await problem.curvature(direction);
    const bend = problem.dot(direction, product);
    if (!(bend > 0)) break;
    const length = energy / bend;
    problem.combine(step, 1, length, direction);
    problem.combine(rest, 1, -length, product);
  }
  return step;
}

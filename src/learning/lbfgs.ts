/** A smooth convex function: fills `gradient` and returns the value. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface LbfgsOptions {
  /** Stops once no component of the gradient is larger than this. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

/** Pairs of steps kept to know the curvature by. */
const MEMORY = 8;
/** Share of the promised decrease that a step must bring (Armijo's rule). */
const SUFFICIENT = 1e-4;
const MAX_HALVINGS = 30;

/**
 * Minimises a convex function by limited-memory BFGS with backtracking (Nocedal and Wright,
 * "Numerical Optimization", 2nd edition, algorithms 3.1, 7.4 and 7.5).
 *
 * @param start where to begin; not changed
 * @returns the point reached: the minimum, or the best within `maxIterations`
 */
export function minimise(
  objective: Objective,
  start: Float64Array,
  { tolerance, maxIterations }: LbfgsOptions,
): Float64Array {
  let point = Float64Array.from(start);
  let gradient = new Float64Array(point.length);
  let value = objective(point, gradient);
  let next = new Float64Array(point.length);
  let nextGradient = new Float64Array(point.length);
  const pairs: Pair[] = [];
  for (let iteration = 0; iteration < maxIterations; iteration += 1) {
    if (largest(gradient) <= tolerance) break;
    const direction = descend(gradient, pairs);
    const slope = dot(direction, gradient);
    let step = pairs.length === 0 ? 1 / Math.max(1, norm(gradient)) : 1;
    let nextValue = Number.POSITIVE_INFINITY;
    for (let halving = 0; halving < MAX_HALVINGS; halving += 1) {
      for (let i = 0; i < next.length; i += 1) next[i] = at(point, i) + step * at(direction, i);
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + SUFFICIENT * step * slope) break;
      step /= 2;
    }
    // Rounding leaves nothing to gain.
    if (!(nextValue < value)) break;
    remember(pairs, point, next, gradient, nextGradient);
    [point, next] = [next, point];
    [gradient, nextGradient] = [nextGradient, gradient];
    value = nextValue;
  }
  return point;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly product: number;
}

function remember(
  pairs: Pair[],
  from: Float64Array,
  to: Float64Array,
  gradientFrom: Float64Array,
  gradientTo: Float64Array,
): void {
  const step = difference(to, from);
  const change = difference(gradientTo, gradientFrom);
  const product = dot(step, change);
  if (product <= 0) return;
  pairs.push({ step, change, product });
  if (pairs.length > MEMORY) pairs.shift();
}

/** The two-loop recursion: minus the inverse Hessian's estimate times the gradient. */
function descend(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const shares: number[] = [];
  for (const { step, change, product } of pairs.toReversed()) {
    const share = dot(step, direction) / product;
    shares.push(share);
    add(direction, change, -share);
  }
  const last = pairs.at(-1);
  if (last) {
    const scale = last.product / dot(last.change, last.change);
    for (let i = 0; i < direction.length; i += 1) direction[i] = at(direction, i) * scale;
  }
  for (const { step, change, product } of pairs) {
    const share = shares.pop() ?? 0;
    add(direction, step, share - dot(change, direction) / product);
  }
  return direction;
}

/** Typed arrays read past their end give undefined; inside it is always a number. */
function at(values: Float64Array, index: number): number {
  return values[index] as number;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += at(a, i) * at(b, i);
  return sum;
}

/** A loop, not `map`: a callback a weight costs more than the subtraction. */
function difference(a: Float64Array, b: Float64Array): Float64Array {
  const result = new Float64Array(a.length);
  for (let i = 0; i < a.length; i += 1) result[i] = at(a, i) - at(b, i);
  return result;
}

function add(target: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i += 1) target[i] = at(target, i) + factor * at(values, i);
}

function norm(values: Float64Array): number {
  return Math.sqrt(dot(values, values));
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

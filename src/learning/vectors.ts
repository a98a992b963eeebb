/** `to = scale · to + factor · vector` */
export function combine(
  to: Float64Array,
  scale: number,
  factor: number,
  vector: ArrayLike<number>,
): void {
  for (let i = 0; i < to.length; i += 1) {
    to[i] = scale * (to[i] as number) + factor * (vector[i] as number);
  }
}

/** The scalar product of two vectors of one length. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** The sum of a vector's values. */
export function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] as number;
  return sum;
}

/** Numbers in [0, 1) from a fixed start, the same on every run (Numerical Recipes' "ranqd1"). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

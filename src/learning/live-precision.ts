import type { LabelCount } from '../store/label-feedback.js';

/** Live precision looks back this far. */
export const LIVE_DAYS = 30;
/** Fewer labels than this put on say nothing about a precision. */
const LIVE_MINIMUM = 10;

/** Share of the labels put on that nobody took off; null when none was put on. */
export function livePrecision({ put, kept }: LabelCount): number | null {
  return put === 0 ? null : kept / put;
}

/**
 * Whether a label has fallen below the promised precision: at least 10 of it were put on
 * in the last `LIVE_DAYS` days, and people took too many of them off.
 *
 * @param promise in [0, 1]
 */
export function brokePromise(count: LabelCount, promise: number): boolean {
  const precision = livePrecision(count);
  return count.put >= LIVE_MINIMUM && precision !== null && precision < promise;
}

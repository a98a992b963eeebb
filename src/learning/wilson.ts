/**
 * Normal quantile of a one-sided bound that holds nine times in ten; near 1 and of few trials less often:
 * of a true share of 0.9, 15 of 15 come to pass one time in five.
 */
const ONE_SIDED_90 = 1.2816;

/**
 * Lower bound of the Wilson score interval (Wilson, "Probable inference, the law of succession, and
 * statistical inference", 1927).
 *
 * @returns a share in [0, 1]; 0 for no trials
 */
export function wilsonLower(right: number, total: number, z = ONE_SIDED_90): number {
  if (total === 0) return 0;
  const share = right / total;
  const middle = share + (z * z) / (2 * total);
  const spread = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  return Math.max(0, (middle - spread) / (1 + (z * z) / total));
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** `2026-11-24 20:44 UTC`. */
export function utcText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/**
 * How long ago, in the largest whole unit.
 *
 * @example
 * agoText(0, 7_200_000); // '2 hours ago'
 */
export function agoText(time: number, now: number): string {
  const age = now - time;
  for (const [unit, length] of UNITS) {
    const count = Math.floor(age / length);
    if (count >= 1) return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
  }
  return 'just now';
}

/** Milliseconds as a person says them: `38 ms`, `1.2 s`. */
export function durationText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

import type { Head } from './head.js';

/** The labels that reach their threshold, likeliest first; of an exclusive group its likeliest only. */
export function chooseLabels(head: Head, scores: ReadonlyMap<string, number>): string[] {
  const score = (label: string) => scores.get(label) ?? 0;
  const beaten = new Set(
    head.exclusive.flatMap((group) => {
      const best = Math.max(...group.map(score));
      return group.filter((label) => score(label) < best);
    }),
  );
  return head.labels
    .filter(
      ({ name, threshold }) => threshold !== null && score(name) >= threshold && !beaten.has(name),
    )
    .map(({ name }) => name)
    .sort((a, b) => score(b) - score(a));
}

import type { Head } from './head.js';
import type { LabelScore } from './score-with-head.js';

/** The labels that reach their threshold, likeliest first; of labels that exclude each other the likeliest only. */
export function chooseLabels(head: Head, scores: ReadonlyMap<string, LabelScore>): string[] {
  return head.labels
    .flatMap(({ name, threshold }) => {
      const score = scores.get(name);
      const reached =
        threshold !== null && score?.likeliest === true && score.probability >= threshold;
      return reached ? [{ name, probability: score.probability }] : [];
    })
    .sort((a, b) => b.probability - a.probability)
    .map(({ name }) => name);
}

import { CHANGE_TYPES, type ChangedFile, type ChangeType } from '../../src/triage/changed-file.js';
import type { TypeScores } from '../../src/triage/score-change.js';

/** A changed file with one hunk of the given lines, counted. */
export function aFile(path: string, lines: readonly string[] = ['+a'], more = {}): ChangedFile {
  const count = (mark: string) => lines.filter((line) => line.startsWith(mark)).length;
  return {
    path,
    previousPath: null,
    status: 'modified',
    additions: count('+'),
    deletions: count('-'),
    patch: ['@@ -1 +1 @@', ...lines].join('\n'),
    ...more,
  };
}

/** Scores with one type as stated and the rest shared alike. */
export function scoresWith(type: ChangeType, score: number): TypeScores {
  const rest = (1 - score) / (CHANGE_TYPES.length - 1);
  return Object.fromEntries(
    CHANGE_TYPES.map((other) => [other, other === type ? score : rest]),
  ) as TypeScores;
}

/** The same threshold for every type. */
export function thresholdsOf(threshold: number): TypeScores {
  return Object.fromEntries(CHANGE_TYPES.map((type) => [type, threshold])) as TypeScores;
}

import type { Classifier } from '../models/encoder.js';
import type { ChangeLabel } from '../models/model-kind.js';
import { changeInput } from '../triage/change-input.js';
import { CHANGE_TYPES, type ChangedFile } from '../triage/changed-file.js';
import { scoreChange, type TypeScores } from '../triage/score-change.js';

/** What the model says of a change. */
export interface ScoredChange {
  readonly scores: TypeScores;
  /** Preparation, tokenization and inference. */
  readonly ms: number;
}

/**
 * Asks the change encoder about a title and files.
 *
 * @param began `performance.now()` of when the work on this change began; now when left out
 */
export async function scoreFiles(
  encoder: Classifier<ChangeLabel>,
  change: { readonly title: string; readonly files: readonly ChangedFile[] },
  began = performance.now(),
): Promise<ScoredChange> {
  const { text, features } = changeInput(change);
  const prepared = performance.now() - began;
  const { logits, ms } = await encoder.classify(text, features);
  const scores = scoreChange(logits, encoder.manifest.temperature);
  return { scores, ms: Number((prepared + ms).toFixed(2)) };
}

/** Scores short enough to read, long enough to compare. */
export function roundTypeScores(scores: TypeScores): TypeScores {
  return Object.fromEntries(
    CHANGE_TYPES.map((type) => [type, Number(scores[type].toFixed(6))]),
  ) as TypeScores;
}

/**
 * Which files of a change count most, and how counts and texts are written.
 *
 * Twin of `training/sentinel_training/weigh_files.py`.
 */
import type { ChangedFile } from './changed-file.js';
import { firstCodePoints } from './code-points.js';
import { isSetAside, type KindOf } from './file-kind.js';

/** Characters of one patch that are looked at; the rest of a huge one adds nothing to the budget. */
export const PATCH_CHARACTERS = 20_000;

const MOST_LINES = 1_000_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters become spaces
const SPACE = /[\u0000-\u0020\u007f]+/g;
const STEPS = [
  [30, '10'],
  [100, '30'],
  [300, '100'],
  [1000, '300'],
] as const;

/** Runs of ASCII white space and control characters as one space, cut to `limit` code points. */
export function squeezed(text: string, limit: number): string {
  const flat = text.replace(SPACE, ' ').replace(/^ /, '').replace(/ $/, '');
  return firstCodePoints(flat, limit).replace(/ $/, '');
}

/** A count in words the encoder has seen often: exact up to 9, then a coarse step. */
export function magnitude(count: number): string {
  if (count < 10) return String(count);
  return STEPS.find(([limit]) => count < limit)?.[1] ?? '1000';
}

/** Files people wrote, or all when there are none. */
function writtenFiles(files: readonly ChangedFile[], kindOf: KindOf): readonly ChangedFile[] {
  const own = files.filter((file) => !isSetAside(kindOf(file.path)));
  return own.length > 0 ? own : files;
}

/** Those that changed most first; ties keep the order given. */
export function byWeight(files: readonly ChangedFile[], kindOf: KindOf): readonly ChangedFile[] {
  const weight = (file: ChangedFile) => Math.min(file.additions + file.deletions, MOST_LINES);
  return writtenFiles(files, kindOf).toSorted((a, b) => weight(b) - weight(a));
}

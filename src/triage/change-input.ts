import { changeFeatures } from './change-features.js';
import type { ChangedFile } from './changed-file.js';
import { titleForModel } from './conventional-title.js';
import { fileKind, type KindOf } from './file-kind.js';
import { prepareChange } from './prepare-change.js';

/** What the change encoder is asked. */
export interface ChangeInput {
  /** For the encoder. */
  readonly text: string;
  /** Buckets for the linear model beside it. */
  readonly features: readonly number[];
}

/**
 * The question to the change encoder: the title is read without its Conventional-Commit prefix, so
 * that the answer comes from the change.
 *
 * @param change title as it stands (empty where there is none) and files
 */
export function changeInput(
  change: { readonly title: string; readonly files: readonly ChangedFile[] },
  kindOf: KindOf = fileKind,
): ChangeInput {
  const known = new Map(change.files.map(({ path }) => [path, kindOf(path)]));
  const remembered: KindOf = (path) => known.get(path) ?? kindOf(path);
  const read = { title: titleForModel(change.title), files: change.files };
  return { text: prepareChange(read, remembered), features: changeFeatures(read, remembered) };
}

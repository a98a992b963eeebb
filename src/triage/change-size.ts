import type { ChangedFile } from './changed-file.js';
import { fileKind, isSetAside, type KindOf } from './file-kind.js';

/** From how many changed lines a size begins; below `s` it is XS. */
export interface SizeThresholds {
  readonly s: number;
  readonly m: number;
  readonly l: number;
  readonly xl: number;
  readonly xxl: number;
}

/** The steps of the Kubernetes project's size plugin, which many repositories know. */
export const DEFAULT_SIZE_THRESHOLDS: SizeThresholds = { s: 10, m: 30, l: 100, xl: 500, xxl: 1000 };

export const CHANGE_SIZES = ['XS', 'S', 'M', 'L', 'XL', 'XXL'] as const;
export type ChangeSize = (typeof CHANGE_SIZES)[number];

/** How large a change is, without what nobody wrote by hand. */
export interface MeasuredSize {
  readonly size: ChangeSize;
  /** Lines added and removed in files that count. */
  readonly lines: number;
  /** Files that count. */
  readonly files: number;
  /** Paths left out: generated, vendored, lock and snapshot files. */
  readonly setAside: readonly string[];
}

/** Measures a change in lines added and removed by hand. */
export function measureSize(
  files: readonly ChangedFile[],
  thresholds: SizeThresholds = DEFAULT_SIZE_THRESHOLDS,
  kindOf: KindOf = fileKind,
): MeasuredSize {
  const setAside = files.filter((file) => isSetAside(kindOf(file.path)));
  const left = new Set(setAside);
  const own = files.filter((file) => !left.has(file));
  const lines = own.reduce((sum, file) => sum + file.additions + file.deletions, 0);
  const { s, m, l, xl, xxl } = thresholds;
  const size = CHANGE_SIZES[[s, m, l, xl, xxl].filter((from) => lines >= from).length] ?? 'XXL';
  const paths = (of: readonly ChangedFile[]) => [...new Set(of.map(({ path }) => path))];
  return { size, lines, files: paths(own).length, setAside: paths(setAside) };
}

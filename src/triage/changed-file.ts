/** What happened to a file in a change; GitHub's words for it. */
export type FileStatus =
  | 'added'
  | 'modified'
  | 'removed'
  | 'renamed'
  | 'copied'
  | 'changed'
  | 'unchanged';

/** One file of a change, whether from GitHub's API or from a unified diff. */
export interface ChangedFile {
  /** Path in the repository after the change, with `/`; before it for a removed file. */
  readonly path: string;
  /** Path before a rename or copy, else null. */
  readonly previousPath: string | null;
  readonly status: FileStatus;
  /** Lines added and removed, as stated or as counted. */
  readonly additions: number;
  readonly deletions: number;
  /** Hunks from the first `@@`, without file headers; null when absent (binary, too large). */
  readonly patch: string | null;
  /** Set where added lines may be missing: the patch ends early, or files after it were not read. */
  readonly cut?: true;
}

/** The ten Conventional-Commit types the change encoder tells apart. The order is the model's. */
export const CHANGE_TYPES = [
  'feat',
  'fix',
  'docs',
  'style',
  'refactor',
  'perf',
  'test',
  'build',
  'ci',
  'chore',
] as const;
export type ChangeType = (typeof CHANGE_TYPES)[number];

/**
 * Title and changed files to the change encoder's text: title, kinds and counts, how both sides relate,
 * paths, then changed lines of the files that changed most, a few from each, so that one long file
 * does not push the others out.
 *
 * Twin of `training/sentinel_training/prepare_change.py`. The golden file
 * `test/golden/prepare-change.json` holds both to the same bytes.
 */
import { editLine, readEdits } from './change-edits.js';
import type { ChangedFile, FileStatus } from './changed-file.js';
import { firstCodePoints, lastCodePoints } from './code-points.js';
import { fileKind, isSetAside, type KindOf } from './file-kind.js';
import { byWeight, magnitude, PATCH_CHARACTERS, squeezed } from './weigh-files.js';

/** Raised whenever the output for any input changes; the model's manifest names the one it saw. */
export const CHANGE_PREPARATION_VERSION = 3;

const TITLE_CHARACTERS = 120;
const PATHS = 4;
const PATH_READ = 400;
const PATH_CHARACTERS = 44;
const NAME_CHARACTERS = 40;
const FILES_WITH_LINES = 3;
const LINES_PER_FILE = 6;
const LINE_CHARACTERS = 60;
const SECTION_CHARACTERS = 40;
const TEXT_CHARACTERS = 900;

const TELLING = /[A-Za-z0-9_]/;
const HUNK = /^@@ [^@]*@@ ?([\s\S]*)$/;
const STATUS_MARKS: Partial<Record<FileStatus, string>> = {
  added: 'A',
  removed: 'D',
  renamed: 'R',
  copied: 'C',
};
/** Kinds with their counts of files, then lines added and removed by hand. */
function summaryLine(files: readonly ChangedFile[], kindOf: KindOf): string {
  const kinds = new Map<string, number>();
  let added = 0;
  let removed = 0;
  for (const file of files) {
    const kind = kindOf(file.path);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (isSetAside(kind)) continue;
    added += file.additions;
    removed += file.deletions;
  }
  const words = [...kinds]
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([kind, count]) => `${kind} ${magnitude(count)}`)
    .join(' ');
  return `${words} + ${magnitude(added)} - ${magnitude(removed)}`;
}

/** Status mark, tail of the path (the file's own name tells most), counts. */
function pathLine({ path, status, additions, deletions }: ChangedFile): string {
  const tail = lastCodePoints(squeezed(path, PATH_READ), PATH_CHARACTERS);
  const mark = STATUS_MARKS[status] ?? 'M';
  return `${mark} ${tail} +${magnitude(additions)} -${magnitude(deletions)}`;
}

/** Changed lines with a letter or digit, and the function a hunk lies in, shortened. */
function tellingLines(patch: string): string[] {
  const lines: string[] = [];
  for (const line of firstCodePoints(patch, PATCH_CHARACTERS).split('\n')) {
    if (lines.length >= LINES_PER_FILE) break;
    const hunk = HUNK.exec(line);
    if (hunk !== null) {
      const name = squeezed(hunk[1] ?? '', SECTION_CHARACTERS);
      if (name !== '') lines.push(`@ ${name}`);
    } else if (/^[+-]/.test(line) && TELLING.test(line)) {
      lines.push(`${line.slice(0, 1)} ${squeezed(line.slice(1), LINE_CHARACTERS)}`);
    }
  }
  return lines;
}

/** The file's own name and its telling lines; null when it has none. */
function linesOf({ path, patch }: ChangedFile): string | null {
  const lines = patch === null ? [] : tellingLines(patch);
  if (lines.length === 0) return null;
  const name = squeezed(path, PATH_READ).split('/').at(-1) ?? '';
  return `${lastCodePoints(name, NAME_CHARACTERS)}: ${lines.join(' ')}`;
}

/**
 * The text the change encoder reads, at most 900 code points, whatever comes in.
 *
 * @param change title without its Conventional-Commit prefix (see `conventional-title.ts`), empty
 *   where there is none, and the files
 * @param kindOf what a path is for; by path alone when left out, as in training
 */
export function prepareChange(
  change: { readonly title: string; readonly files: readonly ChangedFile[] },
  kindOf: KindOf = fileKind,
): string {
  const ordered = byWeight(change.files, kindOf);
  const parts = [
    squeezed(change.title, TITLE_CHARACTERS),
    summaryLine(change.files, kindOf),
    editLine(readEdits(change.files, kindOf)),
    ...ordered.slice(0, PATHS).map(pathLine),
    ...ordered.slice(0, FILES_WITH_LINES).map(linesOf),
  ];
  const text = parts.filter((part) => part !== null && part !== '').join('\n');
  return firstCodePoints(text, TEXT_CHARACTERS).replace(/[ \n]+$/, '');
}

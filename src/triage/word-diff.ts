import type { ChangedFile } from './changed-file.js';

/** `[-removed-]`, `{+added+}`, or the `~` that stands for a line's end in `--word-diff=porcelain`. */
const WORDS = /\[-[^[\]]+-\]|\{\+[^{}]+\+\}|^~\r?$/;

/**
 * Whether a diff was written by `git diff --word-diff`. Its lines are neither added nor removed ones, so
 * its hunks hold other lines than they promise; only then is it asked, for code may have such brackets too.
 */
export function isReadFromWords(files: readonly ChangedFile[], text: string): boolean {
  return files.some(({ cut }) => cut) && isWordDiff(text);
}

/** Whether a diff looks like one, whatever its hunks promise. */
export function isWordDiff(text: string): boolean {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end < 0 ? undefined : end);
    if (!/^[-+]/.test(line) && WORDS.test(line)) return true;
    from = end < 0 ? text.length : end + 1;
  }
  return false;
}

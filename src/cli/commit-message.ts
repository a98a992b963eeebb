import { isRevertTitle } from '../triage/conventional-title.js';

/** What a person wrote of a commit. */
export interface CommitMessage {
  /** First line; empty where nothing was written. */
  readonly title: string;
  /** The rest, comments left out. */
  readonly body: string;
}

/** Under this line git shows the diff when asked to; nothing there is the message. */
const SCISSORS = /^# -+ >8 -+/m;
/** Titles that git writes or reads itself, those of `git revert` apart. */
const GIT_TITLES: readonly RegExp[] = [
  /^(?:fixup|squash|amend)! /,
  /^Merge (?:(?:remote-tracking )?branch(?:es)?|tags?|commits?) ['"]/,
  /^Merge pull request #[0-9]/,
];

/** Reads a commit message as git leaves it for the commit-msg hook. */
export function parseCommitMessage(text: string): CommitMessage {
  const written = text.replace(/^\ufeff/, '').split(SCISSORS)[0] ?? '';
  const lines = written.split(/\r?\n/).filter((line) => !line.startsWith('#'));
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) return { title: '', body: '' };
  return {
    title: (lines[first] ?? '').trim(),
    body: lines
      .slice(first + 1)
      .join('\n')
      .trim(),
  };
}

/** Whether git itself wrote the title, or will fold the commit into another. */
export function isGitTitle(title: string): boolean {
  return isRevertTitle(title) || GIT_TITLES.some((written) => written.test(title));
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ChangedFile, ChangeType } from '../../src/triage/changed-file.js';
import { parseConventionalTitle } from '../../src/triage/conventional-title.js';
import { parseDiff } from '../../src/triage/parse-diff.js';

/** A commit of a person, by its title. */
export interface Commit {
  readonly hash: string;
  readonly title: string;
  /** ISO 8601. */
  readonly committedAt: string;
}

/** A commit whose title states its type. */
export interface TypedChange {
  readonly type: ChangeType;
  readonly title: string;
  readonly files: readonly ChangedFile[];
}

const MAX_BYTES = 256 * 1024 * 1024;
const BY_BOT = /bot\b|renovate|semantic-release|github-actions/i;

async function git(repository: string, ...words: string[]): Promise<string> {
  const options = { maxBuffer: MAX_BYTES };
  const { stdout } = await promisify(execFile)('git', ['-C', repository, ...words], options);
  return stdout;
}

/**
 * Commits of a repository, newest first, without merges and commits by bots.
 *
 * @param repository folder of a git repository, bare or not
 */
export async function readCommits(repository: string): Promise<Commit[]> {
  const log = await git(repository, 'log', '--no-merges', '--format=%H%x09%cI%x09%an%x09%s');
  return log.split('\n').flatMap((line) => {
    const [hash = '', at = '', author = '', ...subject] = line.split('\t');
    if (hash === '' || BY_BOT.test(author)) return [];
    return [{ hash, title: subject.join('\t'), committedAt: new Date(at).toISOString() }];
  });
}

/** Says that a repository cannot be read, and why, in git's words. */
export function unreadable(folder: string, error: { readonly stderr?: string }): string {
  return `${folder} cannot be read: ${error.stderr?.trim() || error}`;
}

/** The files a commit changed; none where a partial clone lacks one of them. */
export async function readFiles(repository: string, { hash }: Commit): Promise<ChangedFile[]> {
  try {
    return parseDiff(await git(repository, 'show', '--format=', '--find-renames', hash));
  } catch (error) {
    if (String(error).includes('unable to read')) return [];
    throw error;
  }
}

/** Commits of a repository that follow the convention, spread evenly over its history. */
export async function readTypedChanges(repository: string, count: number): Promise<TypedChange[]> {
  const typed = (await readCommits(repository)).flatMap((commit) => {
    const type = parseConventionalTitle(commit.title)?.type ?? null;
    return type === null ? [] : [{ commit, type }];
  });
  const step = Math.max(1, typed.length / count);
  const chosen = Array.from({ length: Math.min(count, typed.length) }, (_, i) =>
    typed.at(Math.floor(i * step)),
  );
  const changes: TypedChange[] = [];
  for (const one of chosen) {
    if (one === undefined) continue;
    const files = await readFiles(repository, one.commit);
    changes.push({ type: one.type, title: one.commit.title, files });
  }
  return changes.filter(({ files }) => files.length > 0);
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ChangedFile, ChangeType } from '../../src/triage/changed-file.js';
import { parseConventionalTitle } from '../../src/triage/conventional-title.js';
import { parseDiff } from '../../src/triage/parse-diff.js';

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
 * Commits of a repository that follow the convention, spread evenly over its history; merges and
 * commits by bots are left out.
 *
 * @param repository folder of a git repository, bare or not
 */
export async function readTypedChanges(repository: string, count: number): Promise<TypedChange[]> {
  const log = await git(repository, 'log', '--no-merges', '--format=%H%x09%an%x09%s');
  const typed = log.split('\n').flatMap((line) => {
    const [commit = '', author = '', ...subject] = line.split('\t');
    const title = subject.join('\t');
    const type = parseConventionalTitle(title)?.type ?? null;
    return type === null || BY_BOT.test(author) ? [] : [{ commit, type, title }];
  });
  const step = Math.max(1, typed.length / count);
  const chosen = Array.from({ length: Math.min(count, typed.length) }, (_, i) =>
    typed.at(Math.floor(i * step)),
  );
  const changes: TypedChange[] = [];
  for (const one of chosen) {
    if (one === undefined) continue;
    const diff = await git(repository, 'show', '--format=', '--find-renames', one.commit);
    changes.push({ type: one.type, title: one.title, files: parseDiff(diff) });
  }
  return changes.filter(({ files }) => files.length > 0);
}

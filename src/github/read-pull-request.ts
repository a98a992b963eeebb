import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { ChangedFile } from '../triage/changed-file.js';
import type { PullRequest } from '../triage/pull-request.js';
import type { Installation } from './connect.js';
import { asking } from './github-error.js';
import { issueOf, threadSchema } from './read-issue.js';
import { splitRepository } from './repository-name.js';

const pullSchema = threadSchema.extend({
  draft: z.boolean().default(false),
  head: z.object({ ref: z.string(), sha: z.string() }),
  base: z.object({ ref: z.string() }),
  changed_files: z.number().int().nonnegative().default(0),
});

/**
 * Reads a pull request as it is now; the webhook's copy may be old.
 *
 * @param repository `owner/name` of the base, which is where a fork's pull requests are
 * @throws {RefusedError} when it is deleted or out of reach
 */
export async function readPullRequest(
  { octokit }: Installation,
  repository: string,
  number: number,
): Promise<PullRequest> {
  const { data } = await asking('read the pull request', () =>
    octokit.pulls.get({ ...splitRepository(repository), pull_number: number }),
  );
  const pull = pullSchema.parse(data);
  return {
    ...issueOf(repository, pull),
    draft: pull.draft,
    headSha: pull.head.sha,
    headBranch: pull.head.ref,
    baseBranch: pull.base.ref,
    changedFiles: pull.changed_files,
  };
}

const STATUSES = [
  'added',
  'modified',
  'removed',
  'renamed',
  'copied',
  'changed',
  'unchanged',
] as const;

const count = z.number().int().nonnegative().default(0);
const fileSchema = z.object({
  filename: z.string(),
  previous_filename: z.string().nullish(),
  status: z.enum(STATUSES).catch('changed'),
  additions: count,
  deletions: count,
  patch: z.string().nullish(),
});

/** GitHub lists no more. */
const MAX_FILES = 3000;
const PAGE = 100;
/** Characters of one patch that are kept; of a longer one the beginning. */
const PATCH_CHARACTERS = 50_000;
/** Characters of all patches together: as much as is looked through in a few milliseconds. */
const TOTAL_CHARACTERS = 400_000;

/**
 * Reads the files of a pull request, at most 3,000, page by page. A patch that GitHub leaves out
 * (binary, too large, only renamed) is null, one of more than 50,000 characters is cut. Of a huge
 * change the patches of the largest files that `matters` names are kept, up to 400,000 characters
 * in all; the event loop gets its turn after each page.
 *
 * @param matters whether a file's lines are worth keeping, e.g. false for generated ones
 * @throws {RefusedError} when it is deleted or out of reach
 */
export async function readChangedFiles(
  { octokit }: Installation,
  repository: string,
  number: number,
  matters: (path: string) => boolean,
): Promise<ChangedFile[]> {
  const place = { ...splitRepository(repository), pull_number: number, per_page: PAGE };
  return asking('read the changed files', async () => {
    let files: ChangedFile[] = [];
    for await (const { data } of octokit.paginate.iterator(octokit.pulls.listFiles, place)) {
      const read = z.array(fileSchema).parse(data).map(changedFile);
      files = withinBudget([...files, ...read].slice(0, MAX_FILES), matters);
      await nextTurn();
      if (files.length >= MAX_FILES) {
        break;
      }
    }
    // Files past the last of the list may hold what these seem to lose.
    return files.length < MAX_FILES ? files : files.map((file) => ({ ...file, cut: true }));
  });
}

/**
 * Reads the first 100 files of a pull request, in one call: enough to learn from.
 *
 * @throws {RefusedError} when it is deleted or out of reach
 */
export async function readFirstFiles(
  { octokit }: Installation,
  repository: string,
  number: number,
): Promise<ChangedFile[]> {
  const place = { ...splitRepository(repository), pull_number: number, per_page: PAGE };
  const { data } = await asking('read the changed files', () => octokit.pulls.listFiles(place));
  return z.array(fileSchema).parse(data).map(changedFile);
}

function changedFile(file: z.output<typeof fileSchema>): ChangedFile {
  const { patch } = file;
  const long = (patch?.length ?? 0) > PATCH_CHARACTERS;
  return {
    path: file.filename,
    previousPath: file.previous_filename ?? null,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    patch: patch ? (long ? beginning(patch) : patch) : null,
    ...(long && file.additions > 0 ? { cut: true } : {}),
  };
}

/** Copied, for a slice would keep the whole in memory. */
function beginning(patch: string): string {
  return Buffer.from(patch.slice(0, PATCH_CHARACTERS)).toString('utf8');
}

/** Drops patches past the budget: first those that don't matter, then those of small changes. */
function withinBudget(
  files: readonly ChangedFile[],
  matters: (path: string) => boolean,
): ChangedFile[] {
  let left = TOTAL_CHARACTERS;
  const kept = new Set<ChangedFile>();
  const weight = (file: ChangedFile) => file.additions + file.deletions;
  for (const file of files
    .filter(({ path, patch }) => patch !== null && matters(path))
    .toSorted((a, b) => weight(b) - weight(a))) {
    left -= file.patch?.length ?? 0;
    if (left < 0) {
      break;
    }
    kept.add(file);
  }
  return files.map((file) =>
    kept.has(file) || file.patch === null ? file : { ...file, patch: null },
  );
}

import { LRUCache } from 'lru-cache';
import { parseGitAttributes } from '../config/git-attributes.js';
import type { LimitedRules } from '../config/label-rules.js';
import { labelerFile, parseLabelerFile } from '../config/labeler-file.js';
import type { PullRequestConfig } from '../config/pull-request-config.js';
import type { Installation } from '../github/connect.js';
import { readRecentTitles } from '../github/read-recent-titles.js';
import { findTextFile, readTextFile } from '../github/read-text-file.js';
import { readTree } from '../github/read-tree.js';
import { usesConventionalTitles } from '../triage/conventional-title.js';
import { fileKind, type KindOf } from '../triage/file-kind.js';
import type { Reason } from '../triage/plan.js';
import type { PullRequest } from '../triage/pull-request.js';
import { remember } from './remember.js';

/** What a repository's pull requests have in common. */
export interface ChangeHabits {
  /** What a path is for, with the base branch's `.gitattributes` in mind. */
  readonly kindOf: KindOf;
  /** Rules of the configuration and, where it is to be read, of `labeler.yml`. */
  readonly rules: readonly LimitedRules[];
  /** Its merged pull requests have Conventional-Commit titles. */
  readonly conventional: boolean;
  /** Whether it has tests; false when nobody asked. */
  readonly hasTests: boolean;
  /** What could not be used, e.g. a `labeler.yml` with errors. */
  readonly problems: readonly Reason[];
}

/** Reads a repository's habits, and remembers them for a while. */
export type ReadChangeHabits = (
  installation: Installation,
  pull: Pick<PullRequest, 'repository' | 'baseBranch'>,
  config: PullRequestConfig,
) => Promise<ChangeHabits>;

const REMEMBERED = 500;
/** Whether it has tests and how its titles look changes slowly. */
const SLOW_FACTOR = 60;
const DEFAULT_TTL_MS = 60_000;

interface Labeler {
  readonly rules: LimitedRules | null;
  readonly problem: Reason | null;
}

/**
 * A reader whose readings of files hold for a minute, of titles and tests for an hour.
 *
 * @param ttlMs milliseconds that a file's reading holds; a minute when left out
 */
export function createChangeHabits(ttlMs = DEFAULT_TTL_MS): ReadChangeHabits {
  const kinds = new LRUCache<string, Promise<KindOf>>({ max: REMEMBERED, ttl: ttlMs });
  const labelers = new LRUCache<string, Promise<Labeler>>({ max: REMEMBERED, ttl: ttlMs });
  const slow = { max: REMEMBERED, ttl: ttlMs * SLOW_FACTOR };
  const titles = new LRUCache<string, Promise<boolean>>(slow);
  const tests = new LRUCache<string, Promise<boolean>>(slow);
  return async (installation, { repository, baseBranch }, config) => {
    const place = `${repository}:${baseBranch}`;
    const kindOf = await remember(kinds, place, () =>
      readKinds(installation, repository, baseBranch),
    );
    const file = labelerFile(config);
    const labeler =
      file === null
        ? null
        : await remember(labelers, `${repository}:${file}`, () =>
            readLabeler(installation, repository, file),
          );
    const conventional = await remember(titles, repository, async () =>
      usesConventionalTitles(await readRecentTitles(installation, repository)),
    );
    const hasTests =
      config.needs_tests !== false &&
      (await remember(tests, place, async () =>
        (
          await readTree(installation, repository, baseBranch)
        ).some((path) => fileKind(path) === 'test'),
      ));
    const own: LimitedRules[] = [{ rules: config.paths }];
    return {
      kindOf,
      rules: labeler?.rules ? [...own, labeler.rules] : own,
      conventional,
      hasTests,
      problems: labeler?.problem ? [labeler.problem] : [],
    };
  };
}

async function readKinds(
  installation: Installation,
  repository: string,
  branch: string,
): Promise<KindOf> {
  const text = await readTextFile(installation, repository, '.gitattributes', branch);
  if (text === null) {
    return fileKind;
  }
  const attributesOf = parseGitAttributes(text);
  return (path) => {
    const { generated, vendored } = attributesOf(path);
    if (generated === true) return 'generated';
    if (vendored === true) return 'vendored';
    return fileKind(path, [
      ...(generated === false ? (['generated'] as const) : []),
      ...(vendored === false ? (['vendored'] as const) : []),
    ]);
  };
}

/** The rules of the default branch's `labeler.yml`: a pull request cannot change its own rules. */
async function readLabeler(
  installation: Installation,
  repository: string,
  file: string,
): Promise<Labeler> {
  const found = await findTextFile(installation, repository, file);
  if (found === null || found.text === null) {
    const text = found === null ? `There is no ${file}.` : `${file} cannot be read as a text.`;
    return { rules: null, problem: { code: 'labeler-missing', text } };
  }
  const { value: rules, errors } = parseLabelerFile(found.text, file);
  if (rules === null) {
    const [first] = errors;
    const where = first?.line ? `${file}:${first.line}` : file;
    const text = `${where} ${first?.key ?? ''}: ${first?.message ?? 'cannot be read'}; its rules are passed over.`;
    return { rules: null, problem: { code: 'labeler-errors', text } };
  }
  return { rules, problem: null };
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import { Minimatch } from 'minimatch';
import type { GlobSet, LabelRules, LimitedRules, MatchObject, RuleList } from './label-rules.js';
import { matchBranch } from './match-branch.js';

/** What rules look at. */
export interface RuleSubject {
  /** Paths after the change. */
  readonly paths: readonly string[];
  readonly baseBranch: string;
  readonly headBranch: string;
  /** Labels it has already, which no limit counts. */
  readonly labels: readonly string[];
}

/** More alternatives in braces than this, and the rest of a glob is not looked at. */
const MAX_BRACES = 500;
/** Milliseconds of matching after which others get their turn. */
const TURN_MS = 10;

/** Which of the paths a glob matches, one entry a path. */
type Matched = readonly boolean[];

/**
 * The labels whose rules match, in the order of the rules. The meaning of every option is that of
 * actions/labeler v5 with `dot: true`.
 *
 * Globs are minimatch's, whose matching takes no exponential time. The event loop gets its turn
 * about every 10 ms, however many files and globs there are.
 */
export async function matchLabelRules(
  { rules, maxLabels, maxFiles }: LimitedRules,
  subject: RuleSubject,
): Promise<string[]> {
  const matched = await matchGlobs(rules, subject.paths);
  const skipsFiles = maxFiles !== undefined && subject.paths.length > maxFiles;
  const labels = Object.entries(rules)
    .filter(([, list]) => list.length > 0 && !(skipsFiles && looksAtFiles(list)))
    .filter(([, list]) => matchesList(list, subject, matched))
    .map(([label]) => label);
  if (maxLabels === undefined) {
    return labels;
  }
  const has = new Set(subject.labels.map((name) => name.toLowerCase()));
  const counted = new Set(
    labels.filter((label) => looksAtFiles(rules[label] ?? []) && !has.has(label.toLowerCase())),
  );
  return counted.size > maxLabels ? labels.filter((label) => !counted.has(label)) : labels;
}

/** Matches each glob once against all paths. */
async function matchGlobs(
  rules: LabelRules,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Matched>> {
  const globs = new Set(Object.values(rules).flatMap(matchObjects).flatMap(globsOf));
  const matched = new Map<string, Matched>();
  let turn = performance.now();
  for (const glob of globs) {
    const matcher = new Minimatch(glob, { dot: true, braceExpandMax: MAX_BRACES });
    const of: boolean[] = [];
    for (const path of paths) {
      of.push(matcher.match(path));
      if (performance.now() - turn > TURN_MS) {
        await nextTurn();
        turn = performance.now();
      }
    }
    matched.set(glob, of);
  }
  return matched;
}

/** Every match object of a list, those under `any` and `all` too. */
function matchObjects(list: RuleList): MatchObject[] {
  return list.flatMap(({ any = [], all = [], ...base }) => [...any, ...all, base]);
}

function globsOf(match: MatchObject): string[] {
  return globSetsOf(match).flatMap((set) => Object.values(set).flatMap((globs) => listOf(globs)));
}

/** Plain patterns stand for `any-glob-to-any-file`. */
function globSetsOf(match: MatchObject): GlobSet[] {
  return (match['changed-files'] ?? []).map((entry) =>
    typeof entry === 'string' || Array.isArray(entry) ? { 'any-glob-to-any-file': entry } : entry,
  );
}

function listOf(patterns: string | readonly string[] | undefined): readonly string[] {
  return typeof patterns === 'string' ? [patterns] : (patterns ?? []);
}

function looksAtFiles(list: RuleList): boolean {
  return matchObjects(list).some((match) => globsOf(match).length > 0);
}

type Globs = ReadonlyMap<string, Matched>;

/**
 * Whether all parts of a label's list match. What stands without `any` or `all` joins the first
 * `any` above it, or makes one.
 */
function matchesList(list: RuleList, subject: RuleSubject, globs: Globs): boolean {
  const groups: { readonly kind: 'any' | 'all'; readonly of: MatchObject[] }[] = [];
  for (const entry of list) {
    for (const [key, value] of Object.entries(entry)) {
      if (key === 'any' || key === 'all') {
        groups.push({ kind: key, of: [...(value as MatchObject[])] });
        continue;
      }
      const any = groups.find(({ kind }) => kind === 'any');
      const match = { [key]: value } as MatchObject;
      if (any) {
        any.of.push(match);
      } else {
        groups.push({ kind: 'any', of: [match] });
      }
    }
  }
  return (
    groups.length > 0 &&
    groups.every(({ kind, of }) => {
      const results = of.flatMap((match) => conditionsOf(match, kind, subject, globs));
      return results.length > 0 && (kind === 'any' ? results.some(isTrue) : results.every(isTrue));
    })
  );
}

/** One result a condition. Several branch patterns are alternatives in `any`, demands in `all`. */
function conditionsOf(
  match: MatchObject,
  kind: 'any' | 'all',
  { paths, baseBranch, headBranch }: RuleSubject,
  globs: Globs,
): boolean[] {
  const branch = (patterns: string | string[] | undefined, name: string): boolean[] =>
    listOf(patterns).map((pattern) => matchBranch(pattern, name));
  const files = globSetsOf(match).flatMap((set) => globSetResults(set, paths.length, globs));
  // With no file there is nothing that all files could be said of.
  const fileResults = kind === 'all' && paths.length === 0 ? files.map(() => false) : files;
  return [
    ...branch(match['base-branch'], baseBranch),
    ...fileResults,
    ...branch(match['head-branch'], headBranch),
  ];
}

/** One result for each of the four options a set has. */
function globSetResults(set: GlobSet, files: number, globs: Globs): boolean[] {
  const columns = (patterns: string | string[] | undefined) =>
    listOf(patterns).map((glob) => globs.get(glob) ?? []);
  const indices = Array.from({ length: files }, (_, index) => index);
  const results: boolean[] = [];
  if (set['any-glob-to-any-file'] !== undefined) {
    results.push(columns(set['any-glob-to-any-file']).some((of) => of.some(isTrue)));
  }
  if (set['any-glob-to-all-files'] !== undefined) {
    results.push(columns(set['any-glob-to-all-files']).some((of) => of.every(isTrue)));
  }
  if (set['all-globs-to-any-file'] !== undefined) {
    const all = columns(set['all-globs-to-any-file']);
    results.push(indices.some((index) => all.every((of) => of[index] === true)));
  }
  if (set['all-globs-to-all-files'] !== undefined) {
    results.push(columns(set['all-globs-to-all-files']).every((of) => of.every(isTrue)));
  }
  return results;
}

function isTrue(value: boolean): boolean {
  return value;
}

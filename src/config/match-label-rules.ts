import { Minimatch } from 'minimatch';
import type { GlobSet, LabelRules, LimitedRules, MatchObject, RuleList } from './label-rules.js';
import { type BranchBudget, branchBudget, matchBranch } from './match-branch.js';
import { type Turn, takingTurns } from './taking-turns.js';

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

/** Which of the paths a glob matches: 1 or 0, one entry a path. */
type Matched = Uint8Array;

/** Each pattern of the rules, matched once. */
interface Matches {
  readonly globs: ReadonlyMap<string, Matched>;
  /** Patterns that the branch's name matches. */
  readonly base: ReadonlySet<string>;
  readonly head: ReadonlySet<string>;
}

/**
 * The labels whose rules match, in the order of the rules. The meaning of every option is that of
 * actions/labeler v5 with `dot: true`; as there, no rule matches a pull request without files.
 *
 * Globs are minimatch's, whose matching takes no exponential time. The event loop gets its turn
 * about every 10 ms, however many files and patterns there are.
 *
 * @param budget for branch patterns; one for all the rules that are matched with a pull request
 */
export async function matchLabelRules(
  { rules, maxLabels, maxFiles }: LimitedRules,
  subject: RuleSubject,
  budget = branchBudget(),
): Promise<string[]> {
  const passed = new Set(passedOver({ rules, maxFiles }, subject.paths));
  const judged = Object.entries(rules).filter(([label]) => !passed.has(label));
  const matched = await matchPatterns(Object.fromEntries(judged), subject, budget);
  const turn = takingTurns();
  const labels: string[] = [];
  for (const [label, list] of judged) {
    if (await matchesList(list, subject.paths.length, matched, turn)) {
      labels.push(label);
    }
  }
  if (maxLabels === undefined) {
    return labels;
  }
  const has = new Set(subject.labels.map((name) => name.toLowerCase()));
  const counted = new Set(
    labels.filter((label) => looksAtFiles(rules[label] ?? []) && !has.has(label.toLowerCase())),
  );
  return counted.size > maxLabels ? labels.filter((label) => !counted.has(label)) : labels;
}

/**
 * Labels whose rules are not looked at, so that nothing is known of them: all where a pull request
 * has no files, those with rules about files where it has more than `maxFiles`.
 */
export function passedOver(
  { rules, maxFiles = Number.POSITIVE_INFINITY }: Pick<LimitedRules, 'rules' | 'maxFiles'>,
  paths: readonly string[],
): string[] {
  const labels = Object.keys(rules);
  if (paths.length === 0) {
    return labels;
  }
  return paths.length > maxFiles ? labels.filter((name) => looksAtFiles(rules[name] ?? [])) : [];
}

/** Matches each glob once against all paths, and each branch pattern once. */
async function matchPatterns(
  rules: LabelRules,
  { paths, baseBranch, headBranch }: RuleSubject,
  budget: BranchBudget,
): Promise<Matches> {
  const objects = Object.values(rules).flatMap(matchObjects);
  const turn = takingTurns();
  const globs = new Map<string, Matched>();
  for (const glob of new Set(objects.flatMap(globsOf))) {
    const matcher = new Minimatch(glob, { dot: true, braceExpandMax: MAX_BRACES });
    const of = new Uint8Array(paths.length);
    for (const [index, path] of paths.entries()) {
      of[index] = matcher.match(path) ? 1 : 0;
      if (turn.due()) await turn.give();
    }
    globs.set(glob, of);
  }
  const branch = async (key: 'base-branch' | 'head-branch', name: string) => {
    const matching = new Set<string>();
    for (const pattern of new Set(objects.flatMap((match) => listOf(match[key])))) {
      if (matchBranch(pattern, name, budget)) {
        matching.add(pattern);
      }
      if (turn.due()) await turn.give();
    }
    return matching;
  };
  const base = await branch('base-branch', baseBranch);
  return { globs, base, head: await branch('head-branch', headBranch) };
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

/**
 * Whether all parts of a label's list match. What stands without `any` or `all` joins the first
 * `any` above it, or makes one.
 */
async function matchesList(
  list: RuleList,
  files: number,
  matches: Matches,
  turn: Turn,
): Promise<boolean> {
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
  for (const { kind, of } of groups) {
    const results: boolean[] = [];
    for (const match of of) {
      results.push(...conditionsOf(match, files, matches));
      if (turn.due()) await turn.give();
    }
    const holds = kind === 'any' ? results.some(isTrue) : results.every(isTrue);
    if (results.length === 0 || !holds) return false;
  }
  return groups.length > 0;
}

/** One result a condition. Several branch patterns are alternatives in `any`, demands in `all`. */
function conditionsOf(
  match: MatchObject,
  files: number,
  { globs, base, head }: Matches,
): boolean[] {
  return [
    ...listOf(match['base-branch']).map((pattern) => base.has(pattern)),
    ...globSetsOf(match).flatMap((set) => globSetResults(set, files, globs)),
    ...listOf(match['head-branch']).map((pattern) => head.has(pattern)),
  ];
}

/** One result for each of the four options a set has. */
function globSetResults(set: GlobSet, files: number, globs: Matches['globs']): boolean[] {
  const columns = (patterns: string | string[] | undefined) =>
    listOf(patterns).flatMap((glob) => globs.get(glob) ?? []);
  const some = (of: Matched) => of.includes(1);
  const every = (of: Matched) => !of.includes(0);
  const results: boolean[] = [];
  if (set['any-glob-to-any-file'] !== undefined) {
    results.push(columns(set['any-glob-to-any-file']).some(some));
  }
  if (set['any-glob-to-all-files'] !== undefined) {
    results.push(columns(set['any-glob-to-all-files']).some(every));
  }
  if (set['all-globs-to-any-file'] !== undefined) {
    results.push(someFile(columns(set['all-globs-to-any-file']), files));
  }
  if (set['all-globs-to-all-files'] !== undefined) {
    results.push(columns(set['all-globs-to-all-files']).every(every));
  }
  return results;
}

/** Whether there is a file that all globs match. */
function someFile(all: readonly Matched[], files: number): boolean {
  for (let file = 0; file < files; file += 1) {
    if (all.every((of) => of[file] === 1)) return true;
  }
  return false;
}

function isTrue(value: boolean): boolean {
  return value;
}

import { createContext, Script } from 'node:vm';
import { RE2JS } from 're2js';

/** Milliseconds that the patterns which no engine matches in linear time have, all together. */
const BACKTRACKING_MS = 100;
/** Milliseconds that one of them holds everything else up; timers may wait for two. */
const AT_A_TIME_MS = 25;
/** Git allows longer names; matching their beginning is enough for every sane pattern. */
const MAX_BRANCH = 255;
/** RE2 writes `a{1000}` out; more than this many times, and that takes longer than it may. */
const MAX_REPEATED = 1000;

/** What JavaScript takes too and reads otherwise than RE2: `\A` is a letter there, `[]` matches nothing. */
const OTHERWISE = /\\[ACPQapz]|\\x\{|\[\^?\]|\[:/;

/** For the schemas of rules. */
export const NO_BRANCH_PATTERN = { error: 'is not a regular expression' };

/** What is left for patterns that may backtrack, e.g. of all the rules for one pull request. */
export interface BranchBudget {
  /** In milliseconds. */
  left: number;
}

/** A budget of 100 ms. */
export function branchBudget(): BranchBudget {
  return { left: BACKTRACKING_MS };
}

const scope = createContext(Object.create(null));
const test = new Script('pattern.test(branch)');

/**
 * Whether a branch's name matches a regular expression anywhere, as actions/labeler matches it.
 * The pattern is a repository's, so it may be made to backtrack without end: RE2 matches it in
 * linear time. What RE2 does not take (looking around, looking back, a thousand repetitions) or reads
 * otherwise is matched by JavaScript and stopped after 25 ms, or when the budget is used up; it then
 * matches nothing, as does what is no regular expression.
 */
export function matchBranch(
  pattern: string,
  branch: string,
  budget: BranchBudget = branchBudget(),
): boolean {
  const name = branch.slice(0, MAX_BRANCH);
  const linear =
    repeats(pattern) > MAX_REPEATED || isReadOtherwise(pattern) ? null : compileLinear(pattern);
  if (linear) {
    return linear.matcher(name).find();
  }
  // The clock of a script is set in whole milliseconds.
  const timeout = Math.floor(Math.min(budget.left, AT_A_TIME_MS));
  if (timeout < 1) {
    return false;
  }
  const began = performance.now();
  try {
    Object.assign(scope, { pattern: compileBacktracking(pattern), branch: name });
    return test.runInContext(scope, { timeout }) === true;
  } catch {
    return false;
  } finally {
    budget.left -= performance.now() - began;
  }
}

/** Whether `matchBranch` can match this pattern with anything at all. */
export function isBranchPattern(pattern: string): boolean {
  return compileBacktracking(pattern) !== null || compileLinear(pattern) !== null;
}

/** The counted repetitions of a pattern (`{3}`, `{0,20}`) multiplied, as if each stood in the next. */
function repeats(pattern: string): number {
  return [...pattern.matchAll(/\{(\d{1,9})(?:,(\d{0,9}))?\}/g)].reduce(
    (product, [, from, to]) => product * Math.max(1, Number(from), Number(to ?? 0)),
    1,
  );
}

function isReadOtherwise(pattern: string): boolean {
  return OTHERWISE.test(pattern) && compileBacktracking(pattern) !== null;
}

function compileBacktracking(pattern: string): RegExp | null {
  try {
    return new RegExp(pattern);
  } catch {
    return null;
  }
}

function compileLinear(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return null;
  }
}

import { createContext, Script } from 'node:vm';

/** A pattern that takes longer is one made to take for ever. */
const PATTERN_MS = 20;
/** Git allows longer names; matching their beginning is enough for every sane pattern. */
const MAX_BRANCH = 255;

const scope = createContext(Object.create(null));
const test = new Script('pattern.test(branch)');

/**
 * Whether a branch's name matches a regular expression anywhere, as actions/labeler matches it.
 * The pattern is a repository's, so it may be made to backtrack without end: it is stopped after
 * 20 ms and then matches nothing, as does one that is no regular expression.
 */
export function matchBranch(pattern: string, branch: string): boolean {
  try {
    Object.assign(scope, { pattern: new RegExp(pattern), branch: branch.slice(0, MAX_BRANCH) });
    return test.runInContext(scope, { timeout: PATTERN_MS }) === true;
  } catch {
    return false;
  }
}

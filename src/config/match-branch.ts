import { createContext, Script } from 'node:vm';
import { RE2JS } from 're2js';

/** For patterns that look around or back, which no engine matches in linear time. */
const BACKTRACKING_MS = 100;
/** Git allows longer names; matching their beginning is enough for every sane pattern. */
const MAX_BRANCH = 255;

const scope = createContext(Object.create(null));
const test = new Script('pattern.test(branch)');

/**
 * Whether a branch's name matches a regular expression anywhere, as actions/labeler matches it.
 * The pattern is a repository's, so it may be made to backtrack without end: RE2 matches it in
 * linear time. What RE2 does not know (looking around, looking back) is matched by JavaScript and
 * stopped after 100 ms; it then matches nothing, as does what is no regular expression.
 */
export function matchBranch(pattern: string, branch: string): boolean {
  const name = branch.slice(0, MAX_BRANCH);
  const linear = compileLinear(pattern);
  if (linear) {
    return linear.matcher(name).find();
  }
  try {
    Object.assign(scope, { pattern: new RegExp(pattern), branch: name });
    return test.runInContext(scope, { timeout: BACKTRACKING_MS }) === true;
  } catch {
    return false;
  }
}

function compileLinear(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return null;
  }
}

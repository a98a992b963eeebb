import { z } from 'zod';
import { isBranchPattern, NO_BRANCH_PATTERN } from './match-branch.js';

/** How much of it rules may have. */
interface PatternBounds {
  /** Patterns in a list. */
  readonly least: number;
  readonly most: number;
  /** Characters of a pattern. */
  readonly longest: number;
}

/**
 * Schemas of what a rule compares with: branch patterns, and what may stand in `changed-files`.
 *
 * @param pattern of one glob or branch pattern
 */
export function matchSchemas<P extends z.ZodType<string>>(
  pattern: P,
  { least, most, longest }: PatternBounds,
) {
  const mustBePatterns = {
    error: `must be a pattern or a list of up to ${most}, each of 1 to ${longest} characters`,
  };
  const oneOrMany = <Q extends z.ZodType<string>>(one: Q) =>
    z.union([one, z.array(one).min(least).max(most)], mustBePatterns);
  const patterns = oneOrMany(pattern);
  const globs = z.strictObject({
    'any-glob-to-any-file': patterns.optional(),
    'any-glob-to-all-files': patterns.optional(),
    'all-globs-to-any-file': patterns.optional(),
    'all-globs-to-all-files': patterns.optional(),
  });
  const changedFiles = z
    .array(
      z.union([patterns, globs], {
        error: `must be a pattern, a list of patterns, or one of ${Object.keys(globs.shape).join(', ')} with patterns`,
      }),
    )
    .min(least)
    .max(most);
  return {
    globs,
    changedFiles,
    branches: oneOrMany(pattern.refine(isBranchPattern, NO_BRANCH_PATTERN)),
  };
}

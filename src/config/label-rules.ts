import { z } from 'zod';
import { isBranchPattern, NO_BRANCH_PATTERN } from './match-branch.js';

/** Longer than any glob or branch pattern people write by hand. */
const MAX_PATTERN = 200;
const MAX_PATTERNS = 100;
const MAX_LABELS = 200;

const pattern = z.string().min(1).max(MAX_PATTERN);
const mustBePatterns = {
  error: `must be a pattern or a list of up to ${MAX_PATTERNS}, each of 1 to ${MAX_PATTERN} characters`,
};
const patterns = z.union([pattern, z.array(pattern).min(1).max(MAX_PATTERNS)], mustBePatterns);
const branchPattern = pattern.refine(isBranchPattern, NO_BRANCH_PATTERN);
const branchPatterns = z.union(
  [branchPattern, z.array(branchPattern).min(1).max(MAX_PATTERNS)],
  mustBePatterns,
);

const globsSchema = z.strictObject({
  'any-glob-to-any-file': patterns.optional(),
  'any-glob-to-all-files': patterns.optional(),
  'all-globs-to-any-file': patterns.optional(),
  'all-globs-to-all-files': patterns.optional(),
});

const matchShape = {
  'changed-files': z
    .array(
      z.union([patterns, globsSchema], {
        error: `must be a pattern, a list of patterns, or one of ${Object.keys(globsSchema.shape).join(', ')} with patterns`,
      }),
    )
    .min(1)
    .max(MAX_PATTERNS)
    .optional(),
  'base-branch': branchPatterns.optional(),
  'head-branch': branchPatterns.optional(),
};
const matchSchema = z.strictObject(matchShape);
const matches = z.array(matchSchema).min(1).max(MAX_PATTERNS).optional();

/** The match objects of one label, as actions/labeler v5 has them. All of the list must match. */
const ruleListSchema = z
  .array(z.strictObject({ any: matches, all: matches, ...matchShape }))
  .max(MAX_PATTERNS);

/** Label → its match objects. */
export const labelRulesSchema = z
  .record(z.string().min(1).max(50), ruleListSchema)
  .refine((rules) => Object.keys(rules).length <= MAX_LABELS, {
    error: `must have at most ${MAX_LABELS} labels`,
  });

export type LabelRules = z.output<typeof labelRulesSchema>;
export type RuleList = z.output<typeof ruleListSchema>;
export type MatchObject = z.output<typeof matchSchema>;
export type GlobSet = z.output<typeof globsSchema>;

/** Rules with their limits; a limit left out does not limit. */
export interface LimitedRules {
  readonly rules: LabelRules;
  /** More new labels by changed files than this, and none of those is put on. */
  readonly maxLabels?: number | undefined;
  /** More changed files than this, and rules about changed files are passed over. */
  readonly maxFiles?: number | undefined;
}

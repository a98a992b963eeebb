import { z } from 'zod';
import { MAX_LABEL_NAME } from './label-mapping.js';
import { matchSchemas } from './match-schemas.js';

/** Longer than any glob or branch pattern people write by hand. */
const MAX_PATTERN = 200;
const MAX_PATTERNS = 100;
const MAX_LABELS = 200;

const { globs, changedFiles, branches } = matchSchemas(z.string().min(1).max(MAX_PATTERN), {
  least: 1,
  most: MAX_PATTERNS,
  longest: MAX_PATTERN,
});

const matchShape = {
  'changed-files': changedFiles.optional(),
  'base-branch': branches.optional(),
  'head-branch': branches.optional(),
};
const matchSchema = z.strictObject(matchShape);
const matches = z.array(matchSchema).min(1).max(MAX_PATTERNS).optional();

/** The match objects of one label, as actions/labeler v5 has them. All of the list must match. */
const ruleListSchema = z
  .array(z.strictObject({ any: matches, all: matches, ...matchShape }))
  .max(MAX_PATTERNS);

/** Label → its match objects. */
export const labelRulesSchema = z
  .record(z.string().min(1).max(MAX_LABEL_NAME), ruleListSchema)
  .refine((rules) => Object.keys(rules).length <= MAX_LABELS, {
    error: `must have at most ${MAX_LABELS} labels`,
  });

export type LabelRules = z.output<typeof labelRulesSchema>;
export type RuleList = z.output<typeof ruleListSchema>;
export type MatchObject = z.output<typeof matchSchema>;
export type GlobSet = z.output<typeof globs>;

/** Rules with their limits; a limit left out does not limit. */
export interface LimitedRules {
  readonly rules: LabelRules;
  /** More new labels by changed files than this, and none of those is put on. */
  readonly maxLabels?: number | undefined;
  /** More changed files than this, and rules about changed files are passed over. */
  readonly maxFiles?: number | undefined;
}

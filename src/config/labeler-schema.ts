import { z } from 'zod';
import { MAX_LABEL_NAME } from './label-mapping.js';
import { matchSchemas } from './match-schemas.js';

const MAX_LABELS = 1000;
const MAX_ITEMS = 1000;
const MAX_PATTERN = 500;

/** YAML reads `2.0` as a number; the action takes it for the pattern `2`. */
const pattern = z.union([z.string().min(1).max(MAX_PATTERN), z.number().transform(String)]);
const bounds = { least: 0, most: MAX_ITEMS, longest: MAX_PATTERN };
const { changedFiles, branches } = matchSchemas(pattern, bounds);

const matchShape = {
  'changed-files': changedFiles.nullish(),
  'base-branch': branches.nullish(),
  'head-branch': branches.nullish(),
};

/** @param object what to make of unknown keys: pass them over, or name them */
function ruleList(object: typeof z.object) {
  const matches = z.array(object(matchShape).nullable()).max(MAX_ITEMS).nullish();
  return z.array(object({ any: matches, all: matches, ...matchShape }).nullable()).max(MAX_ITEMS);
}

/** The action reads digits between quotes too. */
const limit = z
  .union(
    [
      z.number().int().min(0),
      z
        .string()
        .regex(/^\s*\d{1,9}\s*$/)
        .transform(Number),
    ],
    {
      error: 'must be a whole number from 0',
    },
  )
  .optional();

function labelerFile(object: typeof z.object) {
  return z
    .object({ 'changed-files-labels-limit': limit, 'max-files-changed': limit })
    .catchall(ruleList(object))
    .refine((file) => Object.keys(file).length <= MAX_LABELS, {
      error: `must have at most ${MAX_LABELS} labels`,
    });
}

/**
 * A whole `labeler.yml`: labels, and the two settings that stand among them. As actions/labeler takes
 * it, which is more than `sentinel.yml` takes: unknown keys are passed over, and so is what is null.
 */
export const labelerFileSchema = labelerFile(z.object);

/** The same without unknown keys, which are mistyped more often than meant, and impossible labels. */
export const strictLabelerFileSchema = labelerFile(z.strictObject as typeof z.object).superRefine(
  (file, { addIssue }) => {
    for (const label of Object.keys(file).filter((name) => [...name].length > MAX_LABEL_NAME)) {
      const message = `is longer than the ${MAX_LABEL_NAME} characters that a label has on GitHub`;
      addIssue({ code: 'custom', path: [label], message });
    }
  },
);

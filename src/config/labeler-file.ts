import { type LabelRules, type LimitedRules, labelerFileSchema } from './label-rules.js';
import { type ParsedYaml, parseYaml } from './parse-yaml.js';
import type { PullRequestConfig } from './pull-request-config.js';

const USUAL = '.github/labeler.yml';

/** Path in the repository of the `labeler.yml` that a configuration uses; null: it uses none. */
export function labelerFile({ labeler }: Pick<PullRequestConfig, 'labeler'>): string | null {
  return labeler === true ? USUAL : labeler || null;
}

/**
 * Parses the text of a `labeler.yml`. All that is wrong is told together, each with its line.
 *
 * @param file the name to use in errors, e.g. `.github/labeler.yml`
 */
export function parseLabelerFile(text: string, file: string): ParsedYaml<LimitedRules> {
  const { value, errors } = parseYaml(text, file, labelerFileSchema);
  if (value === null) {
    return { value: null, errors };
  }
  const {
    'changed-files-labels-limit': maxLabels,
    'max-files-changed': maxFiles,
    ...rules
  } = value;
  return { value: { maxLabels, maxFiles, rules: rules as LabelRules }, errors };
}

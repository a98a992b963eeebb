import type { LabelRules, LimitedRules } from './label-rules.js';
import { labelerFileSchema, strictLabelerFileSchema } from './labeler-schema.js';
import { type ParsedYaml, parseYaml } from './parse-yaml.js';
import type { PullRequestConfig } from './pull-request-config.js';
import type { ConfigError } from './repository-config.js';
import type { YamlBounds } from './yaml-bounds.js';

const USUAL = '.github/labeler.yml';
/** Those of repositories with hundreds of areas are long, and share their lists by anchors. */
const BOUNDS: YamlBounds = { characters: 512 * 1024, aliases: 1000, merge: true };
/** More are not matched with thousands of files in a moment. */
const MAX_PATTERNS = 5000;

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
  const { value, errors } = parseYaml(text, file, labelerFileSchema, BOUNDS);
  if (value === null) {
    return { value: null, errors };
  }
  const {
    'changed-files-labels-limit': maxLabels,
    'max-files-changed': maxFiles,
    ...lists
  } = value;
  const rules = withoutNulls(lists) as LabelRules;
  if (stringsIn(rules).size > MAX_PATTERNS) {
    const message = `has more than ${MAX_PATTERNS} different patterns`;
    return { value: null, errors: [{ file, line: null, key: '', message }] };
  }
  return { value: { maxLabels, maxFiles, rules }, errors };
}

/**
 * What of a good `labeler.yml` says nothing, because its key is unknown or no label can have the name:
 * actions/labeler passes an unknown key over without a word, and so does Sentinel.
 */
export function labelerWarnings(text: string, file: string): readonly ConfigError[] {
  return parseYaml(text, file, strictLabelerFileSchema, BOUNDS).errors;
}

/** The same lists and settings without the empty ones, which say nothing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((item) => item !== null).map(withoutNulls);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const kept = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}

function stringsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    found.add(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) stringsIn(inner, found);
  }
  return found;
}

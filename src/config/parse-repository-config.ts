import { parseYaml } from './parse-yaml.js';
import {
  type ConfigError,
  type RepositoryConfig,
  repositoryConfigSchema,
} from './repository-config.js';

export interface ParsedConfig {
  /** The configuration with its defaults filled in, or null when there are errors. */
  readonly config: RepositoryConfig | null;
  readonly errors: readonly ConfigError[];
}

/**
 * Parses the text of a `sentinel.yml`. All that is wrong is told together, each with its line.
 *
 * @param file the name to use in errors, e.g. `.github/sentinel.yml`
 * @example
 * parseRepositoryConfig('mode: loud\n', 'sentinel.yml').errors;
 * // [{ file: 'sentinel.yml', line: 1, key: 'mode', message: 'must be one of apply, suggest, …' }]
 */
export function parseRepositoryConfig(text: string, file: string): ParsedConfig {
  const { value, errors } = parseYaml(text, file, repositoryConfigSchema);
  return { config: value, errors };
}

import { type RepositoryConfig, repositoryConfigSchema } from './repository-config.js';

/**
 * Reads a configuration that was stored while it was good.
 *
 * @returns null where there is none, or where one of another version no longer fits
 */
export function lastGoodConfig(stored: string | null): RepositoryConfig | null {
  if (stored === null) return null;
  try {
    return repositoryConfigSchema.parse(JSON.parse(stored));
  } catch {
    return null;
  }
}

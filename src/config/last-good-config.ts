import { inOrderOf } from './key-order.js';
import { type RepositoryConfig, repositoryConfigSchema } from './repository-config.js';

/**
 * Reads a configuration that was stored while it was good.
 *
 * @returns null where there is none, or where one of another version no longer fits
 */
export function lastGoodConfig(stored: string | null): RepositoryConfig | null {
  if (stored === null) return null;
  try {
    const text: unknown = JSON.parse(stored);
    return inOrderOf(text, repositoryConfigSchema.parse(text));
  } catch {
    return null;
  }
}

import type { Installation } from './connect.js';
import { type FoundFile, findTextFile } from './read-text-file.js';
import { splitRepository } from './repository-name.js';

const CONFIG_PATH = '.github/sentinel.yml';

/** A configuration, or one that can't be read, and where it was found: `octo/widgets:.github/sentinel.yml`. */
export type ConfigFile = FoundFile & { readonly source: string };

/**
 * Reads `.github/sentinel.yml` from the repository or, failing that, from the owner's `.github`
 * repository. Null when neither has one; an owner's that the App may not read is none.
 */
export async function readConfigFile(
  installation: Installation,
  repository: string,
): Promise<ConfigFile | null> {
  const { owner } = splitRepository(repository);
  for (const place of [repository, `${owner}/.github`]) {
    const file = await findTextFile(installation, place, CONFIG_PATH);
    if (file === null) continue;
    if (place !== repository && file.text === null && file.because === 'forbidden') continue;
    return { ...file, source: `${place}:${CONFIG_PATH}` };
  }
  return null;
}

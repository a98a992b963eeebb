import type { Installation } from './connect.js';
import { readPermittedFile, readTextFile } from './read-text-file.js';
import { splitRepository } from './repository-name.js';

export const CONFIG_PATH = '.github/sentinel.yml';

export interface ConfigFile {
  /** Where it was found, e.g. `octo/widgets:.github/sentinel.yml`. */
  readonly source: string;
  readonly text: string;
}

/**
 * Reads `.github/sentinel.yml` from the repository or, failing that, from the owner's `.github`
 * repository. Null when neither has one.
 *
 * @throws {RefusedError} `forbidden` when the App may not read the repository's files
 */
export async function readConfigFile(
  installation: Installation,
  repository: string,
): Promise<ConfigFile | null> {
  const { owner } = splitRepository(repository);
  for (const place of [repository, `${owner}/.github`]) {
    const read = place === repository ? readPermittedFile : readTextFile;
    const text = await read(installation, place, CONFIG_PATH);
    if (text !== null) {
      return { source: `${place}:${CONFIG_PATH}`, text };
    }
  }
  return null;
}

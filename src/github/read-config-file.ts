import { z } from 'zod';
import type { Installation } from './connect.js';
import { asking, isGone } from './github-error.js';
import { splitRepository } from './repository-name.js';

const CONFIG_PATH = '.github/sentinel.yml';

export interface ConfigFile {
  /** Where it was found, e.g. `octo/widgets:.github/sentinel.yml`. */
  readonly source: string;
  readonly text: string;
}

const fileSchema = z.object({
  type: z.literal('file'),
  encoding: z.literal('base64'),
  content: z.string(),
});

/**
 * Reads `.github/sentinel.yml` from the repository or, failing that, from the owner's `.github`
 * repository. Null when neither has one.
 */
export async function readConfigFile(
  installation: Installation,
  repository: string,
): Promise<ConfigFile | null> {
  const { owner } = splitRepository(repository);
  for (const place of [repository, `${owner}/.github`]) {
    const text = await readFile(installation, place);
    if (text !== null) {
      return { source: `${place}:${CONFIG_PATH}`, text };
    }
  }
  return null;
}

async function readFile({ octokit }: Installation, repository: string): Promise<string | null> {
  try {
    const { data } = await asking('read the configuration', () =>
      octokit.repos.getContent({ ...splitRepository(repository), path: CONFIG_PATH }),
    );
    const file = fileSchema.safeParse(data);
    return file.success ? Buffer.from(file.data.content, 'base64').toString('utf8') : null;
  } catch (error) {
    if (isGone(error)) {
      return null;
    }
    throw error;
  }
}

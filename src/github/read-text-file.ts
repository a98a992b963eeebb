import { z } from 'zod';
import type { Installation } from './connect.js';
import { asking, isGone, isRefused } from './github-error.js';
import { splitRepository } from './repository-name.js';

const fileSchema = z.object({
  type: z.literal('file'),
  encoding: z.literal('base64'),
  content: z.string(),
});

/**
 * Reads a text file of a repository; null when it is not there, not to be seen, or no file.
 *
 * @param ref branch or commit; the default branch when left out
 */
export async function readTextFile(
  installation: Installation,
  repository: string,
  path: string,
  ref?: string,
): Promise<string | null> {
  try {
    return await readPermittedFile(installation, repository, path, ref);
  } catch (error) {
    if (isGone(error)) {
      return null;
    }
    throw error;
  }
}

/**
 * The same where "may not be read" must not pass for "is not there".
 *
 * @throws {RefusedError} `forbidden` when the App may not read the repository's files
 */
export async function readPermittedFile(
  { octokit }: Installation,
  repository: string,
  path: string,
  ref?: string,
): Promise<string | null> {
  try {
    const { data } = await asking(`read ${path}`, () =>
      octokit.repos.getContent({
        ...splitRepository(repository),
        path,
        ...(ref === undefined ? {} : { ref }),
      }),
    );
    const file = fileSchema.safeParse(data);
    return file.success ? Buffer.from(file.data.content, 'base64').toString('utf8') : null;
  } catch (error) {
    if (isRefused(error, 'gone')) {
      return null;
    }
    throw error;
  }
}

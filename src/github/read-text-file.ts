import { z } from 'zod';
import type { Installation } from './connect.js';
import { asking, isGone } from './github-error.js';
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
    if (isGone(error)) {
      return null;
    }
    throw error;
  }
}

import { z } from 'zod';
import type { Installation } from './connect.js';
import { asking, isRefused } from './github-error.js';
import { splitRepository } from './repository-name.js';

const fileSchema = z.object({
  type: z.literal('file'),
  encoding: z.literal('base64'),
  content: z.string(),
});

/**
 * Why something that is there has no text: the App may not read the repository's files, or it is a
 * folder, a link to nowhere, or more than the MB GitHub sends.
 */
export type Unreadable = 'forbidden' | 'no text';

/** What stands at a path. */
export type FoundFile =
  | { readonly text: string }
  | { readonly text: null; readonly because: Unreadable };

/** Reads a text file of a repository; null when there is no text to be had, for whatever reason. */
export async function readTextFile(
  ...file: Parameters<typeof findTextFile>
): Promise<string | null> {
  return (await findTextFile(...file))?.text ?? null;
}

/**
 * Looks for a text file of a repository; null when nothing is there.
 *
 * @param ref branch or commit; the default branch when left out
 */
export async function findTextFile(
  { octokit }: Installation,
  repository: string,
  path: string,
  ref?: string,
): Promise<FoundFile | null> {
  try {
    const { data } = await asking(`read ${path}`, () =>
      octokit.repos.getContent({
        ...splitRepository(repository),
        path,
        ...(ref === undefined ? {} : { ref }),
      }),
    );
    const file = fileSchema.safeParse(data);
    if (!file.success) return { text: null, because: 'no text' };
    return { text: Buffer.from(file.data.content, 'base64').toString('utf8') };
  } catch (error) {
    if (isRefused(error, 'gone')) return null;
    if (isRefused(error, 'forbidden')) return { text: null, because: 'forbidden' };
    throw error;
  }
}

import { z } from 'zod';
import type { Installation } from './connect.js';
import { asking, isGone } from './github-error.js';
import { splitRepository } from './repository-name.js';

const treeSchema = z.object({ tree: z.array(z.object({ path: z.string(), type: z.string() })) });

/**
 * Paths of the files of a branch, as many as GitHub gives at once (100,000); none when the branch is
 * not to be seen.
 */
export async function readTree(
  { octokit }: Installation,
  repository: string,
  branch: string,
): Promise<string[]> {
  try {
    const { data } = await asking('read the list of files', () =>
      octokit.git.getTree({ ...splitRepository(repository), tree_sha: branch, recursive: 'true' }),
    );
    return treeSchema
      .parse(data)
      .tree.filter(({ type }) => type === 'blob')
      .map(({ path }) => path);
  } catch (error) {
    if (isGone(error)) {
      return [];
    }
    throw error;
  }
}

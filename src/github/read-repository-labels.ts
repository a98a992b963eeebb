import { z } from 'zod';
import type { Installation } from './connect.js';
import { asking } from './github-error.js';
import { splitRepository } from './repository-name.js';

const labelSchema = z.object({ name: z.string() });

/**
 * Names of all labels a repository has.
 *
 * @throws {RefusedError} when the repository is out of reach
 */
export async function readRepositoryLabels(
  { octokit }: Installation,
  repository: string,
): Promise<string[]> {
  const labels = await asking('read the repository’s labels', () =>
    octokit.paginate(octokit.issues.listLabelsForRepo, {
      ...splitRepository(repository),
      per_page: 100,
    }),
  );
  return labels.map((label) => labelSchema.parse(label).name);
}

import { z } from 'zod';
import type { Installation } from './connect.js';
import { asking } from './github-error.js';
import { splitRepository } from './repository-name.js';

const pullSchema = z.object({ title: z.string(), merged_at: z.string().nullish() });

const READ = 60;
const ENOUGH = 30;

/**
 * Titles of the pull requests merged last, at most 30, newest first.
 *
 * @throws {RefusedError} when the repository is out of reach
 */
export async function readRecentTitles(
  { octokit }: Installation,
  repository: string,
): Promise<string[]> {
  const { data } = await asking('read the merged pull requests', () =>
    octokit.pulls.list({
      ...splitRepository(repository),
      state: 'closed',
      sort: 'updated',
      direction: 'desc',
      per_page: READ,
    }),
  );
  return z
    .array(pullSchema)
    .parse(data)
    .filter(({ merged_at }) => merged_at)
    .map(({ title }) => title)
    .slice(0, ENOUGH);
}

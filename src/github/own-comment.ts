import { z } from 'zod';
import type { PlannedComment } from '../triage/plan.js';
import type { Installation } from './connect.js';
import { asking, isRefused } from './github-error.js';
import { splitRepository } from './repository-name.js';

/** Where comments stand, as GitHub's API asks for it; pull requests are issues there. */
export interface IssuePlace {
  readonly owner: string;
  readonly repo: string;
  readonly issue_number: number;
}

const commentSchema = z.object({
  id: z.number(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullish(),
});

type Comment = z.output<typeof commentSchema>;

/**
 * Edits the App's own comment with this marker, or creates it; `present` when it reads so already.
 *
 * @param stood it was there before: if it is gone now, a person deleted it, and it is not written again
 * @throws {RefusedError} when GitHub will not let the App do it
 */
export async function upsertComment(
  installation: Installation,
  place: IssuePlace,
  { marker, body }: PlannedComment,
  stood: boolean,
): Promise<'created' | 'edited' | 'present' | 'declined'> {
  const { octokit } = installation;
  const [own] = await ownComments(installation, place, marker);
  if (!own && stood) {
    return 'declined';
  }
  if (!own) {
    await asking('comment', () => octokit.issues.createComment({ ...place, body }));
    return 'created';
  }
  if (own.body === body) {
    return 'present';
  }
  const { owner, repo } = place;
  await asking('edit the comment', () =>
    octokit.issues.updateComment({ owner, repo, comment_id: own.id, body }),
  );
  return 'edited';
}

/**
 * Removes the App's own comments with this marker, because what they say no longer holds; null when
 * there is none. One that someone removed first is as good as removed.
 *
 * @throws {RefusedError} when GitHub will not let the App do it
 */
export async function removeComment(
  installation: Installation,
  repository: string,
  issue: number,
  marker: string,
): Promise<'removed' | null> {
  const { owner, repo } = splitRepository(repository);
  const own = await ownComments(installation, { owner, repo, issue_number: issue }, marker);
  for (const { id } of own) {
    try {
      await asking('remove the comment', () =>
        installation.octokit.issues.deleteComment({ owner, repo, comment_id: id }),
      );
    } catch (error) {
      if (!isRefused(error, 'gone')) {
        throw error;
      }
    }
  }
  return own.length > 0 ? 'removed' : null;
}

/** By author and marker: a person's comment that quotes the marker is not the App's. */
async function ownComments(
  { octokit, botLogin }: Installation,
  place: IssuePlace,
  marker: string,
): Promise<Comment[]> {
  const bot = (await botLogin()).toLowerCase();
  const comments = await asking('read the comments', () =>
    octokit.paginate(octokit.issues.listComments, { ...place, per_page: 100 }),
  );
  return comments
    .map((comment) => commentSchema.parse(comment))
    .filter(({ user, body }) => user?.login.toLowerCase() === bot && body?.includes(marker));
}

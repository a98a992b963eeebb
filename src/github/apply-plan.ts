import { z } from 'zod';
import type { NewLabel, Plan, PlannedComment } from '../triage/plan.js';
import type { Installation } from './connect.js';
import { asking, RefusedError } from './github-error.js';
import { splitRepository } from './repository-name.js';

/** What was really done; empty where everything was in place already. */
export interface AppliedPlan {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly created: readonly string[];
  readonly comment: 'created' | 'edited' | null;
}

const NOTHING_DONE: AppliedPlan = { added: [], removed: [], created: [], comment: null };

interface Place {
  readonly owner: string;
  readonly repo: string;
  readonly issue_number: number;
}

/**
 * Does what a plan says and no more. Doing it again changes nothing: labels are a set on GitHub, a
 * label that is gone stays gone, and the comment is found by its marker.
 *
 * @throws {RefusedError} when GitHub will not let the App do it
 */
export async function applyPlan(
  installation: Installation,
  repository: string,
  issue: number,
  plan: Plan,
): Promise<AppliedPlan> {
  const place = { ...splitRepository(repository), issue_number: issue };
  if (plan.verdict !== 'label' || plan.mode === 'shadow') {
    return NOTHING_DONE;
  }
  if (plan.mode === 'suggest') {
    const comment = plan.comment ? await upsertComment(installation, place, plan.comment) : null;
    return { ...NOTHING_DONE, comment };
  }
  const created: string[] = [];
  for (const label of plan.createLabels) {
    if (await createLabel(installation, place, label)) {
      created.push(label.name);
    }
  }
  if (plan.addLabels.length > 0) {
    await asking('add labels', () =>
      installation.octokit.issues.addLabels({ ...place, labels: [...plan.addLabels] }),
    );
  }
  const removed: string[] = [];
  for (const name of plan.removeLabels) {
    if (await removeLabel(installation, place, name)) {
      removed.push(name);
    }
  }
  const comment = plan.comment ? await upsertComment(installation, place, plan.comment) : null;
  return { added: plan.addLabels, removed, created, comment };
}

/** False when another delivery or a person created it first. */
async function createLabel(
  { octokit }: Installation,
  { owner, repo }: Place,
  label: NewLabel,
): Promise<boolean> {
  try {
    await asking('create a label', () => octokit.issues.createLabel({ owner, repo, ...label }));
    return true;
  } catch (error) {
    if (error instanceof RefusedError && error.code === 'invalid') {
      return false;
    }
    throw error;
  }
}

/** False when the label was gone already. */
async function removeLabel(
  { octokit }: Installation,
  place: Place,
  name: string,
): Promise<boolean> {
  try {
    await asking('remove a label', () => octokit.issues.removeLabel({ ...place, name }));
    return true;
  } catch (error) {
    if (error instanceof RefusedError && error.code === 'gone') {
      return false;
    }
    throw error;
  }
}

const commentSchema = z.object({
  id: z.number(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullish(),
});

/** Edits the App's own comment with this marker, or creates it; null when it reads so already. */
async function upsertComment(
  { octokit, botLogin }: Installation,
  place: Place,
  { marker, body }: PlannedComment,
): Promise<'created' | 'edited' | null> {
  const bot = (await botLogin()).toLowerCase();
  const comments = await asking('read the comments', () =>
    octokit.paginate(octokit.issues.listComments, { ...place, per_page: 100 }),
  );
  const own = comments
    .map((comment) => commentSchema.parse(comment))
    .find(({ user, body: text }) => user?.login.toLowerCase() === bot && text?.includes(marker));
  if (!own) {
    await asking('comment', () => octokit.issues.createComment({ ...place, body }));
    return 'created';
  }
  if (own.body === body) {
    return null;
  }
  const { owner, repo } = place;
  await asking('edit the comment', () =>
    octokit.issues.updateComment({ owner, repo, comment_id: own.id, body }),
  );
  return 'edited';
}

import type { NewLabel, Plan } from '../triage/plan.js';
import type { Installation } from './connect.js';
import { asking, isRefused } from './github-error.js';
import { type IssuePlace, upsertComment } from './own-comment.js';
import { splitRepository } from './repository-name.js';

/** What was really done; empty where everything was in place already. */
export interface AppliedPlan {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly created: readonly string[];
  /**
   * `present`: it read so already. `declined`: a person deleted the one that was there, so that none was
   * written.
   */
  readonly comment: 'created' | 'edited' | 'present' | 'removed' | 'declined' | null;
}

const NOTHING_DONE: AppliedPlan = { added: [], removed: [], created: [], comment: null };

/**
 * Does what a plan says and no more. Doing it again changes nothing: labels are a set on GitHub, a
 * label that is gone stays gone, and the comment is found by its marker.
 *
 * @param stood a comment of the App's was left there before
 * @throws {RefusedError} when GitHub will not let the App do it
 */
export async function applyPlan(
  installation: Installation,
  repository: string,
  issue: number,
  plan: Plan,
  stood: boolean,
): Promise<AppliedPlan> {
  const place = { ...splitRepository(repository), issue_number: issue };
  if (plan.verdict !== 'label' || plan.mode === 'shadow') {
    return NOTHING_DONE;
  }
  const say = async () =>
    plan.comment ? await upsertComment(installation, place, plan.comment, stood) : null;
  if (plan.mode === 'suggest') {
    const comment = await say();
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
  const comment = await say();
  return { added: plan.addLabels, removed, created, comment };
}

/** False when another delivery or a person created it first. */
async function createLabel(
  { octokit }: Installation,
  { owner, repo }: IssuePlace,
  label: NewLabel,
): Promise<boolean> {
  try {
    await asking('create a label', () => octokit.issues.createLabel({ owner, repo, ...label }));
    return true;
  } catch (error) {
    if (isRefused(error, 'invalid')) {
      return false;
    }
    throw error;
  }
}

/** False when the label was gone already. */
async function removeLabel(
  { octokit }: Installation,
  place: IssuePlace,
  name: string,
): Promise<boolean> {
  try {
    await asking('remove a label', () => octokit.issues.removeLabel({ ...place, name }));
    return true;
  } catch (error) {
    if (isRefused(error, 'gone')) {
      return false;
    }
    throw error;
  }
}

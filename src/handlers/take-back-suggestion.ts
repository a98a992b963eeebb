import type { Installation } from '../github/connect.js';
import { removeComment } from '../github/own-comment.js';
import type { ClaimedDelivery } from '../queue/queue.js';
import type { Plan } from '../triage/plan.js';
import { SUGGESTION_MARKER } from '../triage/suggest-label.js';
import type { IssueTarget } from './issue-event.js';

/**
 * A delivery that is older when it is handled may have been tried before, whatever its count of attempts: a
 * try that GitHub's rate limit ended counts as none, and `sentinel queue retry` begins anew.
 */
const FRESH_MS = 30_000;

/**
 * Removes an earlier suggestion that no longer holds: one may stand there where the plan says nothing
 * now and something was decided before. A try that broke off may have commented without leaving a
 * decision.
 *
 * @param again something was decided about it before
 * @throws {RefusedError} when GitHub will not let the App do it
 */
export async function takeBackSuggestion(
  installation: Installation,
  { repository, issue }: IssueTarget,
  { comment, mode, verdict }: Pick<Plan, 'comment' | 'mode' | 'verdict'>,
  again: boolean,
  { attempt, receivedAt }: ClaimedDelivery,
): Promise<'removed' | null> {
  const silent = comment === null && mode !== 'shadow' && verdict !== 'ignore';
  const retried = attempt > 1 || Date.now() - receivedAt.getTime() > FRESH_MS;
  return silent && (again || retried)
    ? await removeComment(installation, repository, issue, SUGGESTION_MARKER)
    : null;
}

import type { ClaimedDelivery } from '../queue/queue.js';
import type { Store } from '../store/open-store.js';
import type { LabelEvent } from '../triage/issue.js';
import type { IssueTarget } from './issue-event.js';

/** GitHub refuses the tokens of a machine whose clock differs by more than a minute. */
const CLOCKS_MS = 60_000;

/**
 * Marks the labels that Sentinel put on since a delivery came in and that no decision tells of: an
 * earlier try of it broke off between the deed and its record, for instance because the process was
 * killed or GitHub's answer was lost.
 *
 * @param history oldest first
 */
export async function markUnrecorded(
  history: readonly LabelEvent[],
  { repository, issue }: Pick<IssueTarget, 'repository' | 'issue'>,
  { id, receivedAt }: Pick<ClaimedDelivery, 'id' | 'receivedAt'>,
  store: Pick<Store, 'labelFeedback'>,
): Promise<readonly LabelEvent[]> {
  const from = receivedAt.getTime() - CLOCKS_MS;
  const isRecent = ({ ours, action, at }: LabelEvent) =>
    ours && action === 'added' && at !== undefined && Date.parse(at) >= from;
  if (!history.some(isRecent)) return history;
  const recorded = (await store.labelFeedback.ofIssue(repository, issue))
    .filter(({ proposed, delivery_id }) => proposed === 'applied' && delivery_id !== id)
    .map(({ label }) => label.toLowerCase());
  return history.map((event) =>
    isRecent(event) && !recorded.includes(event.label.toLowerCase())
      ? { ...event, unrecorded: true }
      : event,
  );
}

import type { ClaimedDelivery } from '../queue/queue.js';
import type { Store } from '../store/open-store.js';
import type { LabelEvent } from '../triage/issue.js';
import type { IssueTarget } from './issue-event.js';
import { proposalRecord } from './record-proposals.js';

/**
 * Records the labels that a try that broke off put on and a person took off before the delivery was tried
 * again: no decision will tell of them, and without a record the person's deed would count for nothing.
 *
 * @param history as `markUnrecorded` gives it
 * @param version of the head that decides; 0 without one
 */
export async function recordTakenOff(
  history: readonly LabelEvent[],
  place: Pick<IssueTarget, 'repository' | 'issue'>,
  delivery: Pick<ClaimedDelivery, 'id'>,
  version: number,
  store: Pick<Store, 'labelFeedback'>,
): Promise<void> {
  const last = new Map<string, LabelEvent>();
  const taken = new Set<string>();
  for (const event of history) {
    const key = event.label.toLowerCase();
    const before = last.get(key);
    const byPerson = event.action === 'removed' && !event.ours && event.bot === undefined;
    if (before?.unrecorded && byPerson) taken.add(before.label);
    last.set(key, event);
  }
  if (taken.size === 0) return;
  const now = Date.now();
  const record = (label: string) =>
    proposalRecord(place, delivery, { label, version, proposed: 'applied', now });
  await store.labelFeedback.propose([...taken].map(record));
}

import type { ClaimedDelivery } from '../queue/queue.js';
import type { LabelFeedbackRecord } from '../store/label-feedback.js';
import type { Store } from '../store/open-store.js';
import type { ChangePlan } from '../triage/change-plan.js';
import type { TriagePlan } from '../triage/plan.js';
import type { IssueTarget } from './issue-event.js';
import type { Outcome } from './record-decision.js';

/** How labels were proposed, by the decision's outcome; other outcomes propose none. */
const PROPOSED: Partial<Record<Outcome, LabelFeedbackRecord['proposed']>> = {
  applied: 'applied',
  suggested: 'suggested',
  shadowed: 'shadowed',
};

/** Records the labels of a decision, for people's later deeds to be held against. */
export async function recordProposals(
  { repository, issue }: IssueTarget,
  delivery: ClaimedDelivery,
  plan: Pick<TriagePlan | ChangePlan, 'addLabels' | 'learned'>,
  outcome: Outcome,
  store: Pick<Store, 'labelFeedback'>,
): Promise<void> {
  const proposed = PROPOSED[outcome];
  if (proposed === undefined) return;
  const now = Date.now();
  const row = (label: string, how: LabelFeedbackRecord['proposed']): LabelFeedbackRecord => ({
    delivery_id: delivery.id,
    label,
    repository,
    issue,
    head_version: plan.learned?.version ?? 0,
    proposed: how,
    decided_at: now,
    truth: null,
    actor: null,
    role: null,
    at: null,
  });
  await store.labelFeedback.propose([
    ...plan.addLabels.map((label) => row(label, proposed)),
    ...(plan.learned?.suggested ?? []).map((label) => row(label, 'suggested')),
  ]);
}

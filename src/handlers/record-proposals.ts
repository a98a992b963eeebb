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
  target: IssueTarget,
  delivery: ClaimedDelivery,
  plan: Pick<TriagePlan | ChangePlan, 'addLabels' | 'learned'>,
  outcome: Outcome,
  store: Pick<Store, 'labelFeedback'>,
): Promise<void> {
  const how = PROPOSED[outcome];
  if (how === undefined) return;
  const now = Date.now();
  const version = plan.learned?.version ?? 0;
  const record = (label: string, proposed: LabelFeedbackRecord['proposed']) =>
    proposalRecord(target, delivery, { label, version, proposed, now });
  await store.labelFeedback.propose([
    ...plan.addLabels.map((label) => record(label, how)),
    ...(plan.learned?.suggested ?? []).map((label) => record(label, 'suggested')),
  ]);
}

/** One label that a delivery's decision proposed, and that nobody judged yet. */
export function proposalRecord(
  { repository, issue }: Pick<IssueTarget, 'repository' | 'issue'>,
  delivery: Pick<ClaimedDelivery, 'id'>,
  {
    label,
    version,
    proposed,
    now,
  }: Pick<LabelFeedbackRecord, 'label' | 'proposed'> & {
    /** Of the head that decided; 0 without one. */
    readonly version: number;
    readonly now: number;
  },
): LabelFeedbackRecord {
  return {
    delivery_id: delivery.id,
    label,
    repository,
    issue,
    head_version: version,
    proposed,
    decided_at: now,
    truth: null,
    actor: null,
    role: null,
    at: null,
  };
}

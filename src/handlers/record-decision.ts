import type { AppliedPlan } from '../github/apply-plan.js';
import type { RefusedError } from '../github/github-error.js';
import type { ClaimedDelivery } from '../queue/queue.js';
import type { Store } from '../store/open-store.js';
import type { Issue } from '../triage/issue.js';
import type { Plan } from '../triage/plan.js';
import type { HandlerContext } from './event-handler.js';
import type { IssueTarget } from './issue-event.js';

/** How a decision ended, as stored and counted. */
export type Outcome =
  | 'applied'
  | 'suggested'
  | 'shadowed'
  | 'abstained'
  | 'kept'
  | 'ignored'
  | 'refused';

export interface Decision {
  readonly target: IssueTarget;
  readonly delivery: ClaimedDelivery;
  /** The issue or pull request; null when it could not be read. */
  readonly issue: Issue | null;
  readonly plan: Plan;
  readonly textHash: string | null;
  /** Null when GitHub refused. */
  readonly applied: AppliedPlan | null;
  readonly outcome: Outcome;
  readonly durationMs: number;
}

const REFUSED = 'refused:';

/** Stores a decision and counts it. */
export async function recordDecision(
  decision: Decision,
  {
    store,
    metrics,
  }: Pick<HandlerContext, 'metrics'> & { readonly store: Pick<Store, 'decisions'> },
): Promise<void> {
  const { target, delivery, issue, plan, outcome } = decision;
  await store.decisions.record({
    delivery_id: delivery.id,
    repository: target.repository,
    issue: target.issue,
    title: issue?.title ?? '',
    url: issue?.url ?? '',
    event: delivery.event,
    outcome,
    plan: JSON.stringify(plan),
    applied: JSON.stringify(decision.applied),
    text_hash: decision.textHash,
    duration_ms: Math.round(decision.durationMs),
    decided_at: Date.now(),
  });
  metrics.decisions.inc({ outcome });
}

/** A plan as far as it got, with GitHub's refusal as its last reason. */
export function refusedPlan<P extends Plan>(plan: P, { code, message }: RefusedError): P {
  return { ...plan, reasons: [...plan.reasons, { code: `${REFUSED}${code}`, text: message }] };
}

/** A plan whose comment was not written, because someone has deleted it before: that stands. */
export function declinedPlan<P extends Plan>(plan: P): P {
  const text = 'The comment that suggested it was deleted; it is not written again.';
  const reasons = [...plan.reasons, { code: 'comment-deleted', text }];
  return plan.mode === 'suggest'
    ? { ...plan, verdict: 'keep', addLabels: [], comment: null, reasons }
    : { ...plan, comment: null, reasons };
}

/** The outcome of a plan that was carried out, or that GitHub refused. */
export function outcomeOf(plan: Plan): Outcome {
  if (plan.reasons.some(({ code }) => code.startsWith(REFUSED))) {
    return 'refused';
  }
  switch (plan.verdict) {
    case 'label':
      return ({ apply: 'applied', suggest: 'suggested', shadow: 'shadowed' } as const)[plan.mode];
    case 'abstain':
      return 'abstained';
    case 'keep':
      return 'kept';
    case 'ignore':
      return 'ignored';
  }
}

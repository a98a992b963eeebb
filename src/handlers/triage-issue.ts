import { type AppliedPlan, applyPlan } from '../github/apply-plan.js';
import { readIssue } from '../github/read-issue.js';
import type { ClaimedDelivery } from '../queue/queue.js';
import { emptyPlan } from '../triage/empty-plan.js';
import type { Issue } from '../triage/issue.js';
import type { HandlerContext } from './event-handler.js';
import type { IssueTarget } from './issue-event.js';
import { type PlannedIssue, planIssue } from './plan-issue.js';
import { queueLearningOfUnknown } from './queue-learning.js';
import { declinedPlan, outcomeOf, recordDecision, refusedPlan } from './record-decision.js';
import { recordProposals } from './record-proposals.js';
import { refusalOf } from './refusal-of.js';
import { takeBackSuggestion } from './take-back-suggestion.js';

interface TriageOptions {
  /** Leave it when the text is the one that was decided on before. */
  readonly unlessUnchanged?: boolean;
}

/**
 * Reads an issue, decides, applies and records. What GitHub refuses is recorded as refused; other
 * failures are thrown, for the queue to try again.
 */
export async function triageIssue(
  target: IssueTarget,
  delivery: ClaimedDelivery,
  context: HandlerContext,
  { unlessUnchanged = false }: TriageOptions = {},
): Promise<void> {
  const start = performance.now();
  const { repository, issue: number } = target;
  const logger = context.logger.child({ delivery: delivery.id, issue: `${repository}#${number}` });
  if (await context.store.decisions.isRecorded(delivery.id)) {
    logger.info({ event: delivery.event }, 'decided and recorded before the process stopped');
    return;
  }
  const installation = context.github.installation(target.installationId);
  let issue: Issue | null = null;
  let planned: PlannedIssue | null = null;
  let applied: AppliedPlan | null = null;
  try {
    issue = await readIssue(installation, repository, number);
    const before = await context.store.decisions.latestForIssue(repository, number);
    const unchangedFrom = unlessUnchanged ? (before?.text_hash ?? null) : null;
    planned = await planIssue(issue, installation, context, delivery, unchangedFrom);
    if (!planned) {
      logger.info({ event: delivery.event }, 'the text is as it was, nothing to reconsider');
      return;
    }
    const stood = await context.store.decisions.commentStood(repository, number);
    const done = await applyPlan(installation, repository, number, planned.plan, stood);
    if (done.created.length > 0) {
      context.repositories.forgetLabels(repository);
    }
    const again = before !== undefined;
    const taken = await takeBackSuggestion(installation, target, planned.plan, again, delivery);
    applied = { ...done, comment: taken ?? done.comment };
    if (done.comment === 'declined') {
      planned = { ...planned, plan: declinedPlan(planned.plan) };
    }
  } catch (error) {
    const refusal = refusalOf(error, delivery);
    planned = {
      plan: refusedPlan(planned?.plan ?? emptyPlan('apply', []), refusal),
      textHash: planned?.textHash ?? null,
    };
  }
  const outcome = outcomeOf(planned.plan);
  const durationMs = performance.now() - start;
  // The decision last: once it is there, this delivery is not decided again.
  await recordProposals(target, delivery, planned.plan, outcome, context.store);
  await recordDecision(
    { target, delivery, issue, ...planned, applied, outcome, durationMs },
    context,
  );
  await queueLearningOfUnknown(target, context);
  const { verdict, decided, scores, addLabels } = planned.plan;
  logger.info(
    { event: delivery.event, outcome, verdict, decided, scores, addLabels, durationMs },
    'decided',
  );
}

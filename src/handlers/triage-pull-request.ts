import { createHash } from 'node:crypto';
import { type AppliedPlan, applyPlan } from '../github/apply-plan.js';
import type { Installation } from '../github/connect.js';
import { readPullRequest } from '../github/read-pull-request.js';
import { type CheckResult, upsertCheckRun } from '../github/upsert-check-run.js';
import { CHANGE_ENCODER } from '../models/model-kind.js';
import type { ClaimedDelivery } from '../queue/queue.js';
import type { ChangePlan } from '../triage/change-plan.js';
import { leavePullRequest, planToLeave } from '../triage/decide-pull-request.js';
import { ignoreIssue } from '../triage/ignore-issue.js';
import type { PullRequest } from '../triage/pull-request.js';
import type { IssueTarget } from './issue-event.js';
import { planPullRequest } from './plan-pull-request.js';
import type { PullRequestContext } from './pull-request-context.js';
import { queueLearningOfUnknown } from './queue-learning.js';
import { declinedPlan, outcomeOf, recordDecision, refusedPlan } from './record-decision.js';
import { recordProposals } from './record-proposals.js';
import { refusalOf } from './refusal-of.js';
import { takeBackSuggestion } from './take-back-suggestion.js';

interface TriageOptions {
  /** Leave it when this title, base and commit were decided on before. */
  readonly unlessUnchanged?: boolean;
}

interface Planned {
  readonly plan: ChangePlan;
  /** sha256 of what was decided on; null when it was left alone. */
  readonly textHash: string | null;
  /** It was looked at before, so that an earlier suggestion may stand there. */
  readonly again: boolean;
}

/**
 * Reads a pull request and its change, decides, applies, shows the check and records. What GitHub
 * refuses is recorded as refused; other failures are thrown, for the queue to try again.
 */
export async function triagePullRequest(
  target: IssueTarget,
  delivery: ClaimedDelivery,
  context: PullRequestContext,
  { unlessUnchanged = false }: TriageOptions = {},
): Promise<void> {
  const start = performance.now();
  const { repository, issue: number } = target;
  const logger = context.logger.child({ delivery: delivery.id, pull: `${repository}#${number}` });
  if (await context.store.decisions.isRecorded(delivery.id)) {
    logger.info({ event: delivery.event }, 'decided and recorded before the process stopped');
    return;
  }
  const installation = context.github.installation(target.installationId);
  let pull: PullRequest | null = null;
  let planned: Planned | null = null;
  let applied: (AppliedPlan & { readonly check: CheckResult }) | null = null;
  // Before anything is asked of GitHub: while its files are missing, deliveries wait.
  await context.encoder.beside(CHANGE_ENCODER);
  try {
    pull = await readPullRequest(installation, repository, number);
    planned = await plan(pull, installation, context, delivery, unlessUnchanged);
    if (!planned) {
      logger.info({ event: delivery.event }, 'nothing to reconsider');
      return;
    }
    const stood = await context.store.decisions.commentStood(repository, number);
    const done = await applyPlan(installation, repository, number, planned.plan, stood);
    if (done.created.length > 0) {
      context.repositories.forgetLabels(repository);
    }
    const taken = await takeBackSuggestion(
      installation,
      target,
      planned.plan,
      planned.again,
      delivery,
    );
    applied = {
      ...done,
      comment: taken ?? done.comment,
      check: await showCheck(installation, pull, planned.plan),
    };
    if (done.comment === 'declined') {
      planned = { ...planned, plan: declinedPlan(planned.plan) };
    }
    if (applied.check === 'forbidden' || applied.check === 'refused') {
      planned = { ...planned, plan: withoutCheck(planned.plan, applied.check) };
    }
  } catch (error) {
    const refusal = refusalOf(error, delivery);
    planned = {
      plan: refusedPlan(planned?.plan ?? planToLeave('apply', []), refusal),
      textHash: planned?.textHash ?? null,
      again: planned?.again ?? false,
    };
  }
  const outcome = outcomeOf(planned.plan);
  const durationMs = performance.now() - start;
  // The decision last: once it is there, this delivery is not decided again.
  await recordProposals(target, delivery, planned.plan, outcome, context.store);
  await recordDecision(
    { target, delivery, issue: pull, ...planned, applied, outcome, durationMs },
    context,
  );
  await queueLearningOfUnknown(target, context);
  const { verdict, decided, size, addLabels } = planned.plan;
  logger.info(
    { event: delivery.event, outcome, verdict, decided, size, addLabels, durationMs },
    'decided',
  );
}

/** Null when there is nothing to reconsider, or nothing to say again about one that is left alone. */
async function plan(
  pull: PullRequest,
  installation: Installation,
  context: PullRequestContext,
  delivery: ClaimedDelivery,
  unlessUnchanged: boolean,
): Promise<Planned | null> {
  const config = await context.repositories.config(installation, pull.repository);
  const left = leavePullRequest(pull, config) ?? ignoreIssue(pull, config);
  if (left) {
    const plan = planToLeave(config.mode, [left]);
    return unlessUnchanged ? null : { plan, textHash: null, again: false };
  }
  const textHash = hashOf(pull);
  const before = await context.store.decisions.latestForIssue(pull.repository, pull.number);
  if (unlessUnchanged && before?.text_hash === textHash) {
    return null;
  }
  const plan = await planPullRequest(pull, config, installation, context, delivery);
  return { plan, textHash, again: before !== undefined };
}

/** What a decision rests on, as far as people change it. */
function hashOf({ title, body, baseBranch, headSha }: PullRequest): string {
  const text = JSON.stringify([title, body, baseBranch, headSha]);
  return createHash('sha256').update(text).digest('hex');
}

function showCheck(
  installation: Installation,
  { repository, headSha }: PullRequest,
  { check, mode }: ChangePlan,
): Promise<CheckResult> {
  return check === null || mode === 'shadow'
    ? Promise.resolve(null)
    : upsertCheckRun(installation, repository, headSha, check);
}

/** The check is optional: its lack is told with the decision and changes nothing else. */
function withoutCheck(made: ChangePlan, check: 'forbidden' | 'refused'): ChangePlan {
  const why = {
    forbidden: 'the App lacks the permission "checks: write"',
    refused: 'GitHub refused it, for instance because the commit is gone',
  } as const;
  const text = `The check could not be shown: ${why[check]}.`;
  return { ...made, reasons: [...made.reasons, { code: `check-${check}`, text }] };
}

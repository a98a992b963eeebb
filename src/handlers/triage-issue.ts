import { createHash } from 'node:crypto';
import { type AppliedPlan, applyPlan } from '../github/apply-plan.js';
import type { Installation } from '../github/connect.js';
import { RefusedError } from '../github/github-error.js';
import { labelsNow, readIssue, readLabelHistory } from '../github/read-issue.js';
import type { ClaimedDelivery } from '../queue/queue.js';
import { chooseClass } from '../triage/choose-class.js';
import { decideIssue, effectiveThresholds, planToIgnore } from '../triage/decide-issue.js';
import { ignoreIssue } from '../triage/ignore-issue.js';
import type { Issue } from '../triage/issue.js';
import type { TriagePlan } from '../triage/plan.js';
import { prepareIssue } from '../triage/prepare-issue.js';
import { scoreIssue } from '../triage/score-issue.js';
import type { HandlerContext } from './event-handler.js';
import type { IssueTarget } from './issue-event.js';
import { outcomeOf, recordDecision, refusedPlan } from './record-decision.js';

interface TriageOptions {
  /** Leave it when the text is the one that was decided on before. */
  readonly unlessUnchanged?: boolean;
}

interface Planned {
  readonly plan: TriagePlan;
  /** sha256 of the text the encoder read; null when it was not asked. */
  readonly textHash: string | null;
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
  const installation = context.github.installation(target.installationId);
  let issue: Issue | null = null;
  let planned: Planned | null = null;
  let applied: AppliedPlan | null = null;
  try {
    issue = await readIssue(installation, repository, number);
    const before = unlessUnchanged
      ? await context.store.decisions.latestForIssue(repository, number)
      : undefined;
    planned = await planIssue(issue, installation, context, before?.text_hash ?? null);
    if (!planned) {
      logger.info({ event: delivery.event }, 'the text is as it was, nothing to reconsider');
      return;
    }
    applied = await applyPlan(installation, repository, number, planned.plan);
    if (applied.created.length > 0) {
      context.repositories.forgetLabels(repository);
    }
  } catch (error) {
    if (!(error instanceof RefusedError)) {
      throw error;
    }
    planned = refusedPlan(error, planned);
  }
  const outcome = outcomeOf(planned.plan);
  const durationMs = performance.now() - start;
  await recordDecision(
    { target, delivery, issue, ...planned, applied, outcome, durationMs },
    context,
  );
  const { verdict, decided, scores, addLabels } = planned.plan;
  logger.info(
    { event: delivery.event, outcome, verdict, decided, scores, addLabels, durationMs },
    'decided',
  );
}

/** Null when the text hashes to `unchangedFrom`. */
async function planIssue(
  issue: Issue,
  installation: Installation,
  context: HandlerContext,
  unchangedFrom: string | null,
): Promise<Planned | null> {
  const { repository, number } = issue;
  const config = await context.repositories.config(installation, repository);
  const ignored = ignoreIssue(issue, config);
  if (ignored) {
    return { plan: planToIgnore(config, ignored), textHash: null };
  }
  const text = prepareIssue(issue);
  const textHash = createHash('sha256').update(text).digest('hex');
  if (textHash === unchangedFrom) {
    return null;
  }
  const { manifest } = context.encoder;
  const { logits, ms } = await context.encoder.classify(text);
  context.metrics.inference.observe(ms / 1000);
  const scores = scoreIssue(logits, manifest.temperature);
  const thresholds = manifest.thresholds;
  const sure = chooseClass(scores, effectiveThresholds(config, thresholds)).class !== null;
  // Labels are read after the inference and only when one may change: the later, the truer.
  const labelHistory = sure ? await readLabelHistory(installation, repository, number) : [];
  const repositoryLabels = sure ? await context.repositories.labels(installation, repository) : [];
  const plan = decideIssue({
    issue: { ...issue, labels: labelsNow(issue.labels, labelHistory) },
    labelHistory,
    repositoryLabels,
    config,
    scores,
    thresholds,
    model: `${manifest.name} ${manifest.version}`,
  });
  return { plan, textHash };
}

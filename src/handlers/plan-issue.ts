import type { Installation } from '../github/connect.js';
import { labelsNow, readLabelHistory } from '../github/read-issue.js';
import type { ClaimedDelivery } from '../queue/queue.js';
import { chooseType } from '../triage/choose-class.js';
import { decideIssue, type Evidence, effectiveThresholds } from '../triage/decide-issue.js';
import { decideLearned } from '../triage/decide-learned.js';
import { emptyPlan } from '../triage/empty-plan.js';
import { ignoreIssue } from '../triage/ignore-issue.js';
import type { Issue } from '../triage/issue.js';
import type { TriagePlan } from '../triage/plan.js';
import { prepareIssue } from '../triage/prepare-issue.js';
import { proposeLabels } from '../triage/propose-labels.js';
import { scoreIssue } from '../triage/score-issue.js';
import { askHead } from './ask-head.js';
import { encodeTexts, hashText, modelName } from './encode-text.js';
import type { HandlerContext } from './event-handler.js';
import { headFor } from './head-for.js';
import { markUnrecorded } from './mark-unrecorded.js';
import { recordTakenOff } from './record-taken-off.js';

/** A plan, and what it was made from. */
export interface PlannedIssue {
  readonly plan: TriagePlan;
  /** sha256 of the text the encoder read; null when it was not asked. */
  readonly textHash: string | null;
}

/**
 * Plans what to do about an issue: with the repository's own model where it has one in use, else
 * with the encoder's classes and what its title says.
 *
 * @returns null when the text hashes to `unchangedFrom`
 */
export async function planIssue(
  issue: Issue,
  installation: Installation,
  context: HandlerContext,
  delivery: Pick<ClaimedDelivery, 'id' | 'receivedAt'>,
  unchangedFrom: string | null,
): Promise<PlannedIssue | null> {
  const { repository, number } = issue;
  const config = await context.repositories.config(installation, repository);
  const ignored = ignoreIssue(issue, config);
  if (ignored) {
    return { plan: emptyPlan(config.mode, [ignored]), textHash: null };
  }
  const text = prepareIssue(issue);
  const textHash = hashText(text);
  if (textHash === unchangedFrom) {
    return null;
  }
  const { manifest } = context.encoder;
  const start = performance.now();
  const [encoding] = await encodeTexts(repository, [{ text, number }], context);
  if (!encoding) {
    throw new Error('The encoder answered nothing');
  }
  context.metrics.inference.observe((performance.now() - start) / 1000);
  const scores = scoreIssue(encoding.logits, manifest.temperature);
  const thresholds = manifest.thresholds;
  const target = { installationId: installation.id, repository };
  const asking = { manifest, width: encoding.embedding.length };
  const usable = await headFor(target, asking, 'issues', config, context);
  const learned = usable && askHead(usable, issue, encoding);
  const proposals = learned ? proposeLabels(learned, config) : null;
  const sure =
    chooseType(issue.title, scores, effectiveThresholds(config, thresholds)).type !== null ||
    (proposals !== null && proposals.put.length + proposals.suggest.length > 0);
  // Labels are read after the inference and only when one may change: the later, the truer.
  const history = sure ? await readLabelHistory(installation, repository, number) : [];
  const place = { repository, issue: number };
  const labelHistory = await markUnrecorded(history, place, delivery, context.store);
  await recordTakenOff(labelHistory, place, delivery, usable?.version ?? 0, context.store);
  const repositoryLabels = sure ? await context.repositories.labels(installation, repository) : [];
  const evidence: Evidence = {
    issue: { ...issue, labels: labelsNow(issue.labels, labelHistory, issue.changedAt) },
    labelHistory,
    repositoryLabels,
    config,
    scores,
    thresholds,
    model: modelName(manifest),
  };
  const plan = learned ? decideLearned(evidence, learned) : decideIssue(evidence);
  return { plan, textHash };
}

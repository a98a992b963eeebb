import type { RepositoryConfig } from '../config/repository-config.js';
import { chooseType, type TypeChoice } from './choose-class.js';
import { emptyPlan } from './empty-plan.js';
import type { Issue, LabelEvent } from './issue.js';
import type { IssueType, Reason, Scores, TriagePlan } from './plan.js';
import { resolveLabel, sameName, typeOfLabel } from './resolve-labels.js';
import { suggestLabel } from './suggest-label.js';

/** Everything a decision rests on. */
export interface Evidence {
  readonly issue: Issue;
  /** Oldest first. */
  readonly labelHistory: readonly LabelEvent[];
  /** Names of all labels the repository has. */
  readonly repositoryLabels: readonly string[];
  readonly config: RepositoryConfig;
  readonly scores: Scores;
  /** The model's published thresholds, used where the configuration sets none. */
  readonly thresholds: Scores;
  /** Name and version of the model. */
  readonly model: string;
}

const CREATED_LABELS: Readonly<Record<IssueType, { color: string; description: string }>> = {
  bug: { color: 'd73a4a', description: "Something isn't working" },
  feature: { color: 'a2eeef', description: 'New feature or request' },
  question: { color: 'd876e3', description: 'Further information is requested' },
  documentation: { color: '0075ca', description: 'Improvements or additions to documentation' },
};

/** The thresholds that hold for a repository: its own where set, else the model's. */
export function effectiveThresholds(config: RepositoryConfig, model: Scores): Scores {
  const own = config.thresholds;
  return {
    bug: own.bug ?? model.bug,
    feature: own.feature ?? model.feature,
    question: own.question ?? model.question,
  };
}

/**
 * Decides what to do about an issue. Pure: the same evidence gives the same plan.
 *
 * In this order: not sure → abstain; a human has put or taken a type's label → theirs stands; no
 * such label → abstain; already there alone → keep; else the label is added, and one that Sentinel
 * put there earlier for another type is taken off.
 */
export function decideIssue(evidence: Evidence): TriagePlan {
  const { issue, config, scores, repositoryLabels } = evidence;
  const choice = choiceFor(evidence);
  const plan = (
    verdict: TriagePlan['verdict'],
    reason: Reason | null,
    change: Partial<TriagePlan> = {},
  ): TriagePlan => ({
    ...emptyPlan(config.mode, reason ? [...choice.reasons, reason] : choice.reasons),
    verdict,
    decided: choice.type,
    scores,
    model: evidence.model,
    ...change,
  });

  if (choice.type === null) {
    return plan('abstain', null);
  }
  const human = humanDecision(evidence);
  if (human) {
    return plan('keep', human);
  }
  const label = resolveLabel(choice.type, config.labels, repositoryLabels);
  if (label.kind === 'off') {
    return plan('abstain', { code: 'label-off', text: `labels.${choice.type} is false.` });
  }
  if (label.kind === 'missing' && !config.create_labels) {
    return plan('abstain', {
      code: 'no-label',
      text: `The repository has no label for ${choice.type}; "${label.name}" would be created only with create_labels: true.`,
    });
  }
  const present = issue.labels.filter((name) => typeOfLabel(name, config.labels) !== null);
  const stale = present.filter((name) => !sameName(name, label.name));
  // With the new one there and an old one too, an earlier try broke off: the swap is finished.
  if (present.length > 0 && stale.length === 0) {
    return plan('keep', { code: 'present', text: `It already has "${label.name}".` });
  }
  const createLabels =
    label.kind === 'missing' ? [{ name: label.name, ...CREATED_LABELS[choice.type] }] : [];
  const change = { addLabels: [label.name], removeLabels: stale, createLabels };
  return plan(
    'label',
    stale.length > 0
      ? {
          code: 'changed',
          text: `The issue changed; "${stale.join('", "')}" was Sentinel's own.`,
        }
      : null,
    config.mode === 'suggest'
      ? { ...change, comment: suggestLabel(label.name, choice.type, scores) }
      : change,
  );
}

/** Where documentation has no label of its own, its issues are bugs and requests like others. */
function choiceFor({ issue, config, repositoryLabels, scores, ...evidence }: Evidence): TypeChoice {
  const thresholds = effectiveThresholds(config, evidence.thresholds);
  const { kind } = resolveLabel('documentation', config.labels, repositoryLabels);
  const documented = kind === 'existing' || (kind === 'missing' && config.create_labels);
  return chooseType(issue.title, scores, thresholds, documented);
}

/** What a human has already decided about the type of this issue, or null. */
function humanDecision({ issue, labelHistory, config }: Evidence): Reason | null {
  const latest = new Map<string, LabelEvent>();
  for (const event of labelHistory) {
    if (typeOfLabel(event.label, config.labels) !== null) {
      latest.set(event.label.toLowerCase(), event);
    }
  }
  const put = issue.labels.find(
    (name) =>
      typeOfLabel(name, config.labels) !== null && latest.get(name.toLowerCase())?.ours !== true,
  );
  if (put !== undefined) {
    return { code: 'human-added', text: `A person put "${put}" on it; that stands.` };
  }
  const taken = [...latest.values()].find((event) => event.action === 'removed' && !event.ours);
  if (taken) {
    return { code: 'human-removed', text: `A person took "${taken.label}" off; that stands.` };
  }
  return null;
}

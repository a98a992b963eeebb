import type { RepositoryConfig } from '../config/repository-config.js';
import { chooseType, type TypeChoice } from './choose-class.js';
import { emptyPlan } from './empty-plan.js';
import type { Issue, LabelEvent } from './issue.js';
import { decidedByPerson, heldByBot, isOwn, isUnrecorded, type LabelDeeds } from './label-deeds.js';
import type { IssueType, Reason, Scores, TriagePlan } from './plan.js';
import { resolveLabel, sameName, typeOfLabel, whyAbsent } from './resolve-labels.js';
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
 * such label → abstain; another bot put a type's label or took this one → keep; already there alone →
 * keep; else the label is added, and one that Sentinel put there earlier for another type is taken off.
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
  const deeds = deedsOf(evidence);
  const human = decidedByPerson(deeds);
  if (human) {
    return plan('keep', human);
  }
  const label = resolveLabel(choice.type, config.labels, repositoryLabels);
  if (label.kind === 'off') {
    return plan('abstain', { code: 'label-off', text: `labels.${choice.type} is false.` });
  }
  const absent = whyAbsent(label, choice.type, config.create_labels);
  if (absent) {
    return plan('abstain', absent);
  }
  const held = heldByBot(label.name, deeds);
  if (held) {
    return plan('keep', held);
  }
  const present = issue.labels.filter(deeds.isMember);
  const stale = present.filter(
    (name) => !sameName(name, label.name) && isOwn(name, evidence.labelHistory),
  );
  // With the new one there and an old one too, an earlier try broke off: the swap is finished.
  const settled = stale.length === 0 && !isUnrecorded(label.name, evidence.labelHistory);
  if (present.length > 0 && settled) {
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

function deedsOf({ issue, labelHistory: history, config }: Evidence): LabelDeeds {
  const isMember = (label: string) => typeOfLabel(label, config.labels) !== null;
  return { group: '', isMember, labels: issue.labels, history };
}

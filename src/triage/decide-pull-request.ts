import type { RepositoryConfig } from '../config/repository-config.js';
import type { ChangeAssessment } from './assess-change.js';
import type { Attribution } from './attribute-change.js';
import {
  breakingLabel,
  decidedOtherwise,
  needsTestsLabel,
  sizeLabels,
  typeLabels,
} from './change-labels.js';
import type { ChangePlan } from './change-plan.js';
import { describeChange } from './describe-change.js';
import { emptyPlan } from './empty-plan.js';
import type { LabelEvent } from './issue.js';
import type { Learned } from './learned.js';
import type { Mode, PlannedComment, Reason, Verdict } from './plan.js';
import {
  type LabelChanges,
  type LabelSituation,
  mergeChanges,
  ownLabels,
  planGroup,
  planNamed,
} from './plan-labels.js';
import { learnedScores, planLearned } from './plan-learned.js';
import { proposeLabels } from './propose-labels.js';
import type { PullRequest } from './pull-request.js';
import { sameName } from './resolve-labels.js';
import type { TypeScores } from './score-change.js';
import { suggestChange, type TitleOffer } from './suggest-change.js';

/** GitHub takes no more on one pull request, and then none of those put on together. */
const MAX_LABELS = 100;

/** Everything a decision about a pull request rests on. */
export interface PullRequestEvidence {
  readonly pull: PullRequest;
  /** Paths of the change, as many as were read. */
  readonly paths: readonly string[];
  readonly assessment: ChangeAssessment;
  readonly scores: TypeScores;
  /** Name and version of the model. */
  readonly model: string;
  readonly config: RepositoryConfig;
  /** Labels whose rules about paths and branches match. */
  readonly ruleLabels: readonly string[];
  /** All labels that have such a rule. */
  readonly ruledLabels: readonly string[];
  /** Those among them whose rules were not looked at: nothing is known, so they stay as they are. */
  readonly passedOverLabels: readonly string[];
  /** Oldest first. */
  readonly labelHistory: readonly LabelEvent[];
  readonly repositoryLabels: readonly string[];
  /** Only asked for where there is a check to show. */
  readonly attributions: readonly Attribution[];
  /** What the repository's own model says; null where none is in use. */
  readonly learned: Learned | null;
}

/** The plan for a pull request whose change was not read. */
export function planToLeave(mode: Mode, reasons: readonly Reason[]): ChangePlan {
  return {
    ...emptyPlan(mode, reasons),
    size: null,
    suggestedTitle: null,
    check: null,
  };
}

/** Why a pull request is left alone, beyond what holds for issues too; null: it is looked at. */
export function leavePullRequest(
  { draft }: Pick<PullRequest, 'draft'>,
  { pull_requests: own }: RepositoryConfig,
): Reason | null {
  if (!own.enabled) {
    return { code: 'pull-requests-off', text: 'pull_requests.enabled is false.' };
  }
  return draft && own.drafts === 'wait'
    ? { code: 'draft', text: 'It is a draft; Sentinel waits until it is ready for review.' }
    : null;
}

/**
 * Decides about a pull request. Pure: the same evidence gives the same plan. Each kind of label
 * (type, size, breaking, tests, rules, learned ones) is settled on its own, and what a person did
 * about one stands.
 */
export function decidePullRequest(evidence: PullRequestEvidence): ChangePlan {
  const { assessment, config, scores, model } = evidence;
  const own = planOwnModel(evidence);
  const { labels, type } = planAllLabels(evidence, own.put);
  const reasons = [
    ...assessment.reasons,
    ...ruleReasons(evidence),
    ...own.reasons,
    ...labels.reasons,
  ];
  const { suggestedTitle } = assessment;
  const comment = commentFor(config.mode, labels.add, own.suggested, assessment);
  // In shadow mode nothing is said: what would be suggested is recorded beside what would be put on.
  const shadowed = config.mode === 'shadow';
  const add = shadowed ? [...labels.add, ...own.suggested] : labels.add;
  // A suggestion names what to put on; labels to take off alone would leave it without a word.
  const acts = config.mode !== 'suggest' && add.length + labels.remove.length > 0;
  const changes = comment !== null || acts;
  return {
    // In apply mode what is left to suggest, alone, is a suggestion.
    mode: comment !== null && !acts ? 'suggest' : config.mode,
    verdict: changes ? 'label' : restingVerdict(type, labels),
    decided: assessment.type,
    addLabels: add,
    removeLabels: labels.remove,
    createLabels: labels.create,
    comment,
    scores,
    size: assessment.size.size,
    suggestedTitle,
    check: config.pull_requests.check_run
      ? describeChange({
          ...evidence,
          changedFiles: evidence.pull.changedFiles,
          labels: labels.fitting,
          reasons,
        })
      : null,
    reasons,
    ...(evidence.learned
      ? {
          model: `${model} + head ${evidence.learned.version}`,
          learned: learnedScores(evidence.learned, shadowed ? [] : own.suggested),
        }
      : { model }),
  };
}

/** What the repository's own model puts on and suggests, where nothing else decides the label. */
function planOwnModel(evidence: PullRequestEvidence): {
  readonly put: LabelChanges;
  readonly suggested: readonly string[];
  readonly reasons: readonly Reason[];
} {
  const { learned, config, pull, ruledLabels } = evidence;
  if (learned === null) return { put: NO_CHANGES, suggested: [], reasons: [] };
  const otherwise = decidedOtherwise(config.pull_requests);
  const labels = learned.labels.filter(
    ({ name }) => !otherwise(name) && !ruledLabels.some((ruled) => sameName(ruled, name)),
  );
  const proposals = proposeLabels({ ...learned, labels }, config);
  const situation = { ...evidence, labels: pull.labels };
  const suggest = planLearned(proposals.suggest, situation, learned.exclusive);
  return {
    put: planLearned(proposals.put, situation, learned.exclusive),
    suggested: suggest.add,
    reasons: [...proposals.reasons, ...suggest.reasons],
  };
}

/** In suggest mode all of it is suggested, in apply mode only what is not sure enough to act. */
function commentFor(
  mode: Mode,
  add: readonly string[],
  suggested: readonly string[],
  offer: TitleOffer,
): PlannedComment | null {
  switch (mode) {
    case 'suggest':
      return suggestChange([...add, ...suggested], offer);
    case 'apply':
      return suggestChange(suggested, null);
    case 'shadow':
      return null;
  }
}

function planAllLabels(
  evidence: PullRequestEvidence,
  learned: LabelChanges,
): {
  readonly labels: LabelChanges;
  readonly type: LabelChanges;
} {
  const { pull, assessment, config, ruleLabels } = evidence;
  const own = config.pull_requests;
  const situation: LabelSituation = {
    labels: pull.labels,
    labelHistory: evidence.labelHistory,
    repositoryLabels: evidence.repositoryLabels,
    createLabels: config.create_labels,
  };
  const types = typeLabels(own);
  const type = planGroup(
    {
      name: 'type',
      members: Object.values(types),
      wanted: assessment.type && types[assessment.type],
      clears: assessment.otherType,
    },
    situation,
  );
  const parts = [type];
  if (own.sizes.enabled) {
    const sizes = sizeLabels(own);
    const wanted = sizes[assessment.size.size];
    parts.push(
      planGroup({ name: 'size', members: Object.values(sizes), wanted, clears: false }, situation),
    );
  }
  const flags = [
    { name: 'breaking', label: breakingLabel(own), holds: assessment.breaking },
    { name: 'tests', label: needsTestsLabel(own), holds: assessment.needsTests },
  ];
  for (const { name, label, holds } of flags) {
    const wanted = holds ? label : null;
    parts.push(planGroup({ name, members: [label], wanted, clears: true }, situation));
  }
  parts.push(planNamed(ruleLabels, situation), learned);
  if (own.sync_labels) {
    parts.push({ ...NO_CHANGES, remove: ownLabels(evidence.ruledLabels, situation) });
  }
  const labels = mergeChanges(parts);
  // What a rule wants, or may want, is no stale type or size, whatever its name.
  const wanted = [...ruleLabels, ...evidence.passedOverLabels];
  const remove = labels.remove.filter((name) => !wanted.some((label) => sameName(label, name)));
  // Those to take off are there until the new ones are.
  const add = labels.add.slice(0, Math.max(0, MAX_LABELS - pull.labels.length));
  const create = labels.create.filter(({ name }) => add.some((label) => sameName(label, name)));
  return { labels: { ...labels, add, remove, create }, type };
}

function ruleReasons({ ruleLabels }: PullRequestEvidence): Reason[] {
  const names = ruleLabels.map((name) => `"${name}"`).join(', ');
  return ruleLabels.length === 0 ? [] : [{ code: 'rules', text: `Rules match for ${names}.` }];
}

const NO_CHANGES: LabelChanges = { add: [], remove: [], create: [], reasons: [], fitting: [] };

/** Nothing changes: because it is right already or someone else decided, or because it is not sure. */
function restingVerdict(type: LabelChanges, labels: LabelChanges): Verdict {
  const decided = type.reasons.some(({ code }) => /^(?:human|bot)-/.test(code));
  return decided || labels.fitting.length > 0 ? 'keep' : 'abstain';
}

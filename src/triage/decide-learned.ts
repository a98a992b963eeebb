import { decideIssue, type Evidence } from './decide-issue.js';
import { decidedByPerson, heldByBot } from './label-deeds.js';
import type { Learned, LearnedLabel } from './learned.js';
import type { TriagePlan } from './plan.js';
import { learnedScores, planLearned } from './plan-learned.js';
import { proposeLabels } from './propose-labels.js';
import { sameName, typeOfLabel } from './resolve-labels.js';
import { suggestChange } from './suggest-change.js';

/**
 * Decides about an issue with the repository's own model. Pure, and never against a person: a label
 * that a person took off stays off, and a group of labels that exclude each other is settled once a
 * person chose from it. Types that the repository's history says nothing about, or too little to judge
 * by, are decided as without a model of its own.
 */
export function decideLearned(evidence: Evidence, learned: Learned): TriagePlan {
  const { config } = evidence;
  const proposals = proposeLabels(learned, config);
  const exclusive = learned.exclusive.map((group) => withAliases(group, evidence, learned));
  const proposed = [...proposals.put, ...proposals.suggest];
  const base = baseOf(evidence, { ...learned, exclusive }, proposed);
  const situation = { ...evidence, labels: evidence.issue.labels };
  const put = planLearned(proposals.put, situation, exclusive);
  const suggest = planLearned(proposals.suggest, situation, exclusive);
  const suggested = suggest.add;
  const change = carryOut(config.mode, {
    add: [...put.add, ...(base?.addLabels ?? [])],
    remove: [...put.remove, ...(base?.removeLabels ?? [])],
    suggested,
  });
  const settled = [put, suggest].some(
    ({ fitting, reasons }) => fitting.length + reasons.length > 0,
  );
  return {
    ...change,
    verdict: verdictOf(change.addLabels, settled || base?.verdict === 'keep'),
    decided: base?.decided ?? null,
    createLabels: base?.createLabels ?? [],
    scores: evidence.scores,
    reasons: [
      ...proposals.reasons,
      ...put.reasons,
      ...suggest.reasons,
      ...(base === null || (base.verdict === 'abstain' && change.addLabels.length > 0)
        ? []
        : base.reasons),
    ],
    model: `${evidence.model} + head ${learned.version}`,
    learned: learnedScores(learned, change.mode === 'apply' ? suggested : []),
  };
}

/** The decision without the head, where the head has nothing to say about it. */
function baseOf(
  evidence: Evidence,
  learned: Learned,
  proposed: readonly LearnedLabel[],
): TriagePlan | null {
  const { labels } = evidence.config;
  const typeOf = ({ name }: LearnedLabel) => typeOfLabel(name, labels);
  const base = decideIssue(evidence);
  const covered = learned.labels.some(
    (label) => !label.untried && typeOf(label) !== null && typeOf(label) === base.decided,
  );
  if (covered || proposed.some((label) => typeOf(label) !== null)) return null;
  const group = learned.exclusive.find((members) =>
    members.some((member) => base.addLabels.some((label) => sameName(label, member))),
  );
  return group ? withinGroup(base, group, evidence, proposed) : base;
}

/**
 * The decision without the head about a label that by the history excludes others: none beside one that
 * is proposed or there already, and none where a person chose from them.
 */
function withinGroup(
  base: TriagePlan,
  group: readonly string[],
  { issue, labelHistory: history }: Evidence,
  proposed: readonly LearnedLabel[],
): TriagePlan | null {
  const isMember = (label: string) => group.some((member) => sameName(member, label));
  if (proposed.some(({ name }) => isMember(name))) return null;
  const deeds = { isMember, labels: issue.labels, history, group: '' };
  const [label = ''] = base.addLabels;
  const other = issue.labels.find(
    (name) => isMember(name) && !sameName(name, label) && !base.removeLabels.includes(name),
  );
  const reason =
    decidedByPerson(deeds) ??
    heldByBot(label, deeds) ??
    (other === undefined
      ? null
      : { code: 'excluded', text: `"${other}" is on it, and excludes "${label}".` });
  if (!reason) return base;
  const nothing = { addLabels: [], removeLabels: [], createLabels: [], comment: null };
  return { ...base, ...nothing, verdict: 'keep', reasons: [reason] };
}

/**
 * A person's `defect` settles the type as well as `bug` does, also where only `bug` was learned. Of a
 * type that was learned, the history says whether it goes with others.
 */
function withAliases(
  group: readonly string[],
  { config, repositoryLabels, issue }: Evidence,
  { labels }: Learned,
) {
  const isType = (name: string) => typeOfLabel(name, config.labels) !== null;
  if (!group.some(isType)) {
    return group;
  }
  const isLearned = (name: string) => labels.some((label) => sameName(label.name, name));
  const aliases = [...repositoryLabels, ...issue.labels].filter(
    (name) => isType(name) && !isLearned(name),
  );
  return [...new Set([...group, ...aliases])];
}

/** In apply mode suggestions beside labels go into the comment; alone, they are a suggestion. */
function carryOut(
  mode: TriagePlan['mode'],
  labels: {
    readonly add: readonly string[];
    readonly remove: readonly string[];
    readonly suggested: readonly string[];
  },
): Pick<TriagePlan, 'mode' | 'addLabels' | 'removeLabels' | 'comment'> {
  const { add, suggested } = labels;
  if (mode === 'apply' && add.length > 0) {
    const comment = suggestChange(suggested, null);
    return { mode, addLabels: add, removeLabels: labels.remove, comment };
  }
  const all = [...add, ...suggested];
  if (mode === 'shadow' || all.length === 0) {
    return { mode, addLabels: all, removeLabels: [], comment: null };
  }
  return { mode: 'suggest', addLabels: all, removeLabels: [], comment: suggestChange(all, null) };
}

function verdictOf(add: readonly string[], settled: boolean): TriagePlan['verdict'] {
  if (add.length > 0) {
    return 'label';
  }
  return settled ? 'keep' : 'abstain';
}

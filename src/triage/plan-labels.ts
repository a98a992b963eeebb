import type { LabelEvent } from './issue.js';
import { decidedByPerson, heldByBot, isOwn, isUnrecorded, type LabelDeeds } from './label-deeds.js';
import type { NewLabel, Reason } from './plan.js';
import { isWanted, resolveName, sameName, type WantedLabel, whyAbsent } from './resolve-labels.js';

/** What there is already, and what people did. */
export interface LabelSituation {
  /** Labels it has now. */
  readonly labels: readonly string[];
  /** Oldest first. */
  readonly labelHistory: readonly LabelEvent[];
  readonly repositoryLabels: readonly string[];
  readonly createLabels: boolean;
}

/** One of these labels at most, e.g. the sizes. */
export interface LabelGroup {
  /** For reasons: `type`, `size`, …; empty: none is named. */
  readonly name: string;
  readonly members: readonly WantedLabel[];
  /** The one that fits, which is among the members; null: none does. */
  readonly wanted: WantedLabel | null;
  /** When none fits, whether Sentinel's own comes off. */
  readonly clears: boolean;
}

/** Changes of labels with the reasons for them. */
export interface LabelChanges {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly create: readonly NewLabel[];
  readonly reasons: readonly Reason[];
  /** Labels that belong there, whether added now or there before. */
  readonly fitting: readonly string[];
}

/** No change and no reason. */
export const NOTHING: LabelChanges = { add: [], remove: [], create: [], reasons: [], fitting: [] };
const CREATED_COLOR = 'ededed';

/**
 * Plans the labels of one group. A label of it that a person put on or took off settles the group;
 * otherwise the fitting one is added and others of it that are Sentinel's own come off. Where another
 * bot has put one there, none is put beside it.
 */
export function planGroup(group: LabelGroup, situation: LabelSituation): LabelChanges {
  const isMember = (label: string) => group.members.some((member) => isWanted(label, member));
  const deeds = deedsOf(group.name, isMember, situation);
  const human = decidedByPerson(deeds);
  if (human) {
    return { ...NOTHING, reasons: [human] };
  }
  const present = situation.labels.filter(
    (label) => isMember(label) && isOwn(label, situation.labelHistory),
  );
  if (group.wanted === null) {
    return { ...NOTHING, remove: group.clears ? present : [] };
  }
  const resolved = resolveName(group.wanted, situation.repositoryLabels);
  const what = group.name || group.wanted.fallback;
  const absent = whyAbsent(resolved, what, situation.createLabels);
  if (resolved.kind === 'off' || absent) {
    return { ...NOTHING, reasons: absent ? [absent] : [] };
  }
  const held = heldByBot(resolved.name, deeds);
  if (held) {
    return { ...NOTHING, reasons: [held] };
  }
  const changes = putOn(resolved.name, situation);
  return { ...changes, remove: present.filter((name) => !sameName(name, resolved.name)) };
}

/** Plans labels that stand for themselves, each on its own. */
export function planNamed(names: readonly string[], situation: LabelSituation): LabelChanges {
  return mergeChanges(
    names.map((name) => {
      const deeds = deedsOf('', (label) => sameName(label, name), situation);
      const human = decidedByPerson(deeds);
      const held = human?.code === 'human-removed' ? human : heldByBot(name, deeds);
      const wanted = { configured: name, aliases: [], fallback: name };
      const resolved = resolveName(wanted, situation.repositoryLabels);
      const absent = whyAbsent(resolved, name, situation.createLabels);
      if (held || resolved.kind === 'off' || absent) {
        const reason = held ?? absent;
        return { ...NOTHING, reasons: reason ? [reason] : [] };
      }
      return putOn(resolved.name, situation);
    }),
  );
}

/** Labels among these that Sentinel put on itself and that are still there. */
export function ownLabels(names: readonly string[], situation: LabelSituation): string[] {
  return situation.labels.filter(
    (label) => names.some((name) => sameName(name, label)) && isOwn(label, situation.labelHistory),
  );
}

/** All changes together; what one adds or finds fitting, no other removes. */
export function mergeChanges(all: readonly LabelChanges[]): LabelChanges {
  const fitting = unique(all.flatMap((changes) => changes.fitting));
  const stays = (name: string) => fitting.some((other) => sameName(other, name));
  return {
    add: unique(all.flatMap((changes) => changes.add)),
    remove: unique(all.flatMap((changes) => changes.remove)).filter((name) => !stays(name)),
    create: all
      .flatMap((changes) => changes.create)
      .filter(
        ({ name }, index, list) => list.findIndex((one) => sameName(one.name, name)) === index,
      ),
    reasons: all.flatMap((changes) => changes.reasons),
    fitting,
  };
}

function putOn(
  name: string,
  { labels, labelHistory, repositoryLabels }: LabelSituation,
): LabelChanges {
  if (labels.some((label) => sameName(label, name)) && !isUnrecorded(name, labelHistory)) {
    return { ...NOTHING, fitting: [name] };
  }
  const known = repositoryLabels.some((label) => sameName(label, name));
  const create = known ? [] : [{ name, color: CREATED_COLOR, description: '' }];
  return { ...NOTHING, add: [name], create, fitting: [name] };
}

function deedsOf(
  group: string,
  isMember: LabelDeeds['isMember'],
  { labels, labelHistory: history }: LabelSituation,
): LabelDeeds {
  return { group, isMember, labels, history };
}

/** The first of names that GitHub holds for the same. */
function unique(names: readonly string[]): string[] {
  return names.filter((name, index) => names.findIndex((one) => sameName(one, name)) === index);
}

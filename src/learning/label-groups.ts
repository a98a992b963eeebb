import type { LabelledIssue } from './labelled-issue.js';

/** Labels that are learned together. */
export interface LabelGroup {
  readonly labels: readonly string[];
  /** An issue bears one of them at most. */
  readonly exclusive: boolean;
  /** Every issue bears one of them. */
  readonly complete: boolean;
}

/** What is known of an issue's labels. */
type Truth = Pick<LabelledIssue, 'labels' | 'unsure'>;

export interface GroupedLabels {
  readonly groups: readonly LabelGroup[];
  readonly leftOut: readonly {
    readonly name: string;
    readonly examples: number;
    readonly reason: string;
  }[];
  /** Label → issues that bear it. */
  readonly examples: ReadonlyMap<string, number>;
}

/** With fewer issues than this a label can't be learned. */
const FEWEST_EXAMPLES = 10;
/** Labels beyond the most frequent so many are left out. */
const MOST_LABELS = 100;
/** Share of issues that may contradict "one at most" or "always one": people make mistakes. */
const EXCEPTIONS = 0.02;
const PREFIX = /^(.{1,40}?)\s*[:/-]\s*\S/;
/** GitHub's own names for the types of an issue, and their usual variants. */
const TYPES = /^(?:bug|enhancement|feature|feature[ -]request|question|documentation|docs)$/i;

/** Which labels can be learned from a history, and which of them exclude each other. */
export function groupLabels(issues: readonly Truth[]): GroupedLabels {
  const examples = countLabels(issues);
  const byCount = [...examples].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const learned: string[] = [];
  const leftOut: { name: string; examples: number; reason: string }[] = [];
  for (const [name, count] of byCount) {
    if (count < FEWEST_EXAMPLES) {
      const reason = `${count} of the ${FEWEST_EXAMPLES} examples it takes`;
      leftOut.push({ name, examples: count, reason });
    } else if (count > issues.length - FEWEST_EXAMPLES && byCount.length > 1) {
      leftOut.push({ name, examples: count, reason: 'nearly every issue bears it' });
    } else if (learned.length >= MOST_LABELS) {
      leftOut.push({ name, examples: count, reason: `beyond the ${MOST_LABELS} most frequent` });
    } else {
      learned.push(name);
    }
  }
  return { groups: groupsOf(learned, issues), leftOut, examples };
}

function countLabels(issues: readonly Truth[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const issue of issues) {
    for (const label of new Set(issue.labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}

/** Exclusive groups first found (all labels, types, prefixes); the rest stand alone. */
function groupsOf(learned: readonly string[], issues: readonly Truth[]): LabelGroup[] {
  const types = learned.filter((name) => TYPES.test(name));
  const candidates = [learned, types, ...byPrefix(learned)];
  const groups: LabelGroup[] = [];
  const taken = new Set<string>();
  for (const [index, candidate] of candidates.entries()) {
    const labels = candidate.filter((name) => !taken.has(name));
    if (labels.length < 2) continue;
    const { one, several, known } = bearers(labels, issues);
    const bearing = one + several;
    const complete = bearing >= known * (1 - EXCEPTIONS);
    // Unrelated labels that only happen not to meet are no group, unless every issue has one.
    const whole = index === 0;
    if (several > bearing * EXCEPTIONS || (whole && !complete)) continue;
    groups.push({ labels, exclusive: true, complete });
    for (const name of labels) taken.add(name);
  }
  const single = learned.filter((name) => !taken.has(name));
  return [
    ...groups,
    ...single.map((name) => ({ labels: [name], exclusive: false, complete: false })),
  ];
}

function byPrefix(labels: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const label of labels) {
    const prefix = PREFIX.exec(label)?.[1]?.toLowerCase();
    if (prefix !== undefined) groups.set(prefix, [...(groups.get(prefix) ?? []), label]);
  }
  return [...groups.values()];
}

/** Of how many issues it is known which of the labels they should bear; how many bear one, or several. */
function bearers(labels: readonly string[], issues: readonly Truth[]) {
  const members = new Set(labels);
  let one = 0;
  let several = 0;
  let known = 0;
  for (const issue of issues) {
    const count = new Set(issue.labels.filter((label) => members.has(label))).size;
    if (isKnown({ labels }, issue)) known += 1;
    if (count === 1) one += 1;
    else if (count > 1) several += 1;
  }
  return { one, several, known };
}

/** Whether it is known which of a group's labels an issue should bear, or that it should bear none. */
export function isKnown(group: Pick<LabelGroup, 'labels'>, { labels, unsure }: Truth): boolean {
  const bears = (names: readonly string[]) => group.labels.some((label) => names.includes(label));
  return unsure === undefined || bears(labels) || !bears(unsure);
}

/**
 * Index of a group's class for an issue; the last, "none of them", where it bears none. -1 where that is
 * not known, or where an issue of a complete group bears none: a mistake, not a class.
 */
export function targetOf(group: Pick<LabelGroup, 'labels' | 'complete'>, issue: Truth): number {
  const index = group.labels.findIndex((label) => issue.labels.includes(label));
  if (index >= 0) return index;
  return group.complete || !isKnown(group, issue) ? -1 : group.labels.length;
}

/** Classes of a group: its labels, and "none of them" where that happens. */
export function classesOf(group: Pick<LabelGroup, 'labels' | 'complete'>): number {
  return group.labels.length + (group.complete ? 0 : 1);
}

import type { TrustedEvent } from '../store/label-events.js';
import type { LabelledIssue } from './labelled-issue.js';

/**
 * The labels that people who may triage put on and did not take off again, by number of the issue
 * or pull request: names in lower case.
 *
 * @param events of such people, oldest first
 */
export function labelTruth(
  events: readonly TrustedEvent[],
): ReadonlyMap<number, ReadonlySet<string>> {
  const truth = new Map<number, Set<string>>();
  for (const { issue, label, action } of events) {
    const labels = truth.get(issue) ?? new Set<string>();
    truth.set(issue, labels);
    if (action === 'added') labels.add(label.toLowerCase());
    else labels.delete(label.toLowerCase());
  }
  return truth;
}

/**
 * The labels an issue or pull request bears, told apart by who put them there.
 *
 * @param present as GitHub spells them
 * @param put those that people who may triage put there, in lower case
 */
export function tellApart(
  present: readonly string[],
  put: ReadonlySet<string>,
): Required<Pick<LabelledIssue, 'labels' | 'unsure'>> {
  const isTrue = (name: string) => put.has(name.toLowerCase());
  return { labels: present.filter(isTrue), unsure: present.filter((name) => !isTrue(name)) };
}

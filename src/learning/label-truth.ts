import type { LabelEventRecord } from '../store/label-events.js';

/**
 * The labels that people who may triage put on and did not take off again, by number of the issue
 * or pull request: names in lower case.
 *
 * @param events of such people, oldest first
 */
export function labelTruth(
  events: readonly LabelEventRecord[],
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

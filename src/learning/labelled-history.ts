import type { Store } from '../store/open-store.js';
import { labelTruth } from './label-truth.js';
import type { LabelledIssue } from './labelled-issue.js';

/** More than this many issues tell no more about a repository's labels. */
const MOST_ISSUES = 10_000;

/**
 * The issues of a repository's history that people who may triage have looked at, with the labels
 * that such people put there and that are still there; oldest first, 10,000 at most, the newest.
 *
 * What bots, templates or people without that permission did counts for nothing.
 */
export async function labelledHistory(
  store: Pick<Store, 'historyIssues' | 'labelEvents'>,
  repository: string,
): Promise<LabelledIssue[]> {
  const truth = labelTruth(await store.labelEvents.trusted(repository));
  const issues = await store.historyIssues.withNumbers(repository, [...truth.keys()]);
  return issues
    .sort((a, b) => b.number - a.number)
    .slice(0, MOST_ISSUES)
    .sort((a, b) => a.created_at - b.created_at || a.number - b.number)
    .map((issue) => {
      const put = truth.get(issue.number);
      const present = JSON.parse(issue.labels) as string[];
      return {
        title: issue.title,
        body: issue.body,
        labels: present.filter((name) => put?.has(name.toLowerCase())),
        createdAt: new Date(issue.created_at).toISOString(),
        authorAssociation: issue.author_association ?? undefined,
      };
    });
}

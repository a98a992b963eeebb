import type { Store } from '../store/open-store.js';
import { labelTruth, tellApart } from './label-truth.js';
import type { LabelledIssue } from './labelled-issue.js';

/** An issue to learn from. */
export interface NumberedIssue {
  readonly number: number;
  readonly issue: LabelledIssue;
}

/** More than this many issues tell no more about a repository's labels. */
const MOST_ISSUES = 10_000;

/**
 * The issues of a repository's history that people who may triage have looked at, with the labels
 * that such people put there and that are still there; oldest first, 10,000 at most, the newest.
 *
 * What bots, templates or people without that permission did counts for nothing: a label of theirs
 * is neither true nor false.
 */
export async function labelledHistory(
  store: Pick<Store, 'historyIssues' | 'labelEvents'>,
  repository: string,
): Promise<NumberedIssue[]> {
  const truth = labelTruth(await store.labelEvents.trusted(repository));
  const issues = await store.historyIssues.withNumbers(repository, [...truth.keys()]);
  return issues
    .sort((a, b) => b.number - a.number)
    .slice(0, MOST_ISSUES)
    .sort((a, b) => a.created_at - b.created_at || a.number - b.number)
    .map(({ number, title, body, labels, created_at: createdAt, author_association: author }) => ({
      number,
      issue: {
        title,
        body,
        ...tellApart(JSON.parse(labels) as string[], truth.get(number) ?? new Set()),
        createdAt: new Date(createdAt).toISOString(),
        authorAssociation: author ?? undefined,
      },
    }));
}

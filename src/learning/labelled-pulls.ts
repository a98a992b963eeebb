import type { Store } from '../store/open-store.js';
import { labelTruth, tellApart } from './label-truth.js';
import type { LabelledIssue } from './labelled-issue.js';

/** A pull request to learn from. */
export interface LabelledPull {
  readonly number: number;
  /** Its title and paths; a body is not read. */
  readonly issue: LabelledIssue;
  /** What the change encoder reads of it. */
  readonly text: string;
}

/**
 * The pull requests of a repository's history whose files were read and that people who may triage
 * have looked at, with the labels that such people put there and that are still there; oldest first.
 *
 * @param limit so many at most, the newest
 * @param decidedOtherwise labels that are not to be learned, such as those of types and sizes
 */
export async function labelledPulls(
  store: Pick<Store, 'historyPulls' | 'labelEvents'>,
  repository: string,
  limit: number,
  decidedOtherwise: (label: string) => boolean,
): Promise<LabelledPull[]> {
  const truth = labelTruth(await store.labelEvents.trusted(repository));
  const pulls = await store.historyPulls.labelled(repository, limit);
  return pulls
    .sort((a, b) => a.created_at - b.created_at || a.number - b.number)
    .flatMap(({ number, title, labels, paths, text, created_at: createdAt }) => {
      const put = truth.get(number);
      const read = JSON.parse(paths ?? '[]') as string[];
      if (put === undefined || text === null || read.length === 0) return [];
      const own = (JSON.parse(labels) as string[]).filter((name) => !decidedOtherwise(name));
      const issue = {
        title,
        body: null,
        paths: read,
        ...tellApart(own, put),
        createdAt: new Date(Number(createdAt)).toISOString(),
      };
      return [{ number, issue, text }];
    });
}

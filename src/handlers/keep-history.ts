import type { Installation } from '../github/connect.js';
import { isGone } from '../github/github-error.js';
import { readHistoryIssue, readIssueEvents } from '../github/read-history.js';
import type { LabelEventRecord } from '../store/label-events.js';
import type { Store } from '../store/open-store.js';
import { forgetIssue } from './forget-history.js';
import { issueRecord, labelEventRecord, pullRecord } from './history-records.js';

/** Where a repository's history lies. */
export type KeptHistory = Pick<
  Store,
  'embeddings' | 'histories' | 'historyIssues' | 'historyPulls' | 'labelEvents'
>;

/**
 * Brings one issue or pull request of the history up to date: its text, its labels and who set
 * them. One that is gone is forgotten; of a repository that is not read, or was forgotten meanwhile,
 * nothing is kept.
 *
 * @returns what was done with its labels, oldest first
 */
export async function keepHistory(
  installation: Installation,
  repository: string,
  number: number,
  store: KeptHistory,
): Promise<readonly LabelEventRecord[]> {
  try {
    const issue = await readHistoryIssue(installation, repository, number);
    const read = await readIssueEvents(installation, repository, number);
    const events = read.map((event) => labelEventRecord(repository, event));
    if ((await store.histories.find(repository)) === undefined) return events;
    if (issue.isPull) await store.historyPulls.save([pullRecord(repository, issue)]);
    else await store.historyIssues.save([issueRecord(repository, issue)]);
    await store.labelEvents.save(events);
    return events;
  } catch (error) {
    if (!isGone(error)) throw error;
    await forgetIssue(repository, number, store);
    return [];
  }
}

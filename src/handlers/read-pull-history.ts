import type { Installation } from '../github/connect.js';
import { isRefused } from '../github/github-error.js';
import { readIssueEvents } from '../github/read-history.js';
import { readFirstFiles } from '../github/read-pull-request.js';
import type { HistoryPullRecord } from '../store/history-pulls.js';
import type { Store } from '../store/open-store.js';
import { changeInput } from '../triage/change-input.js';
import { askRoles } from './ask-roles.js';
import { labelEventRecord } from './history-records.js';

type PullHistoryStore = Pick<Store, 'historyPulls' | 'labelEvents' | 'labelSetters'>;

export interface ReadPullHistoryOptions {
  /** Stop after about this many calls; the next reading goes on there. */
  readonly maxCalls: number;
  /** Told how many of the pull requests are read. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** Labelled pull requests that are learned from, the newest: each costs a call. */
export const MOST_PULLS = 1000;

/**
 * Reads the files of the newest 1,000 labelled pull requests of the history in the store, once each
 * and 100 files at most, and asks who of those that labelled them may triage. Safe to break off and to
 * repeat anywhere.
 *
 * @returns whether all are read; false when `maxCalls` were not enough
 * @throws {RefusedError} when the App may not read pull requests
 * @throws {RateLimitedError} when GitHub asks to wait; what was read until then is kept
 */
export async function readPullHistory(
  installation: Installation,
  repository: string,
  store: PullHistoryStore,
  { maxCalls, onProgress }: ReadPullHistoryOptions,
): Promise<boolean> {
  const pulls = await store.historyPulls.labelled(repository, MOST_PULLS);
  const unread = pulls.filter(({ paths }) => paths === null);
  let calls = 0;
  for (const [index, pull] of unread.entries()) {
    if (calls >= maxCalls) return false;
    calls += await readOne(installation, pull, store);
    onProgress?.(pulls.length - unread.length + index + 1, pulls.length);
  }
  // Who labelled the oldest of them is known only by now.
  return askRoles(installation, repository, store);
}

/** Files of one pull request, and who labelled it where that is not known; how many calls it took. */
async function readOne(
  installation: Installation,
  pull: HistoryPullRecord,
  store: PullHistoryStore,
): Promise<number> {
  const { repository, number, title } = pull;
  try {
    const known = await store.historyPulls.hasEvents(repository, number);
    if (!known) {
      const events = await readIssueEvents(installation, repository, number);
      await store.labelEvents.save(events.map((event) => labelEventRecord(repository, event)));
    }
    const files = await readFirstFiles(installation, repository, number);
    const { text } = changeInput({ title, files });
    await store.historyPulls.saveFiles(pull, { paths: files.map(({ path }) => path), text });
    return known ? 1 : 2;
  } catch (error) {
    if (!isRefused(error, 'gone')) throw error;
    // Deleted since it was listed: without paths, it is not asked for again.
    await store.historyPulls.saveFiles(pull, { paths: [], text: title });
    return 1;
  }
}

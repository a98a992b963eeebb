import type { Store } from '../store/open-store.js';

/** Where a repository's history and what was made of its texts lie. */
export type ForgettingStore = Pick<
  Store,
  'embeddings' | 'historyIssues' | 'historyPulls' | 'labelEvents'
>;

/** Forgets an issue or pull request that was deleted or moved away, with its text's encodings. */
export async function forgetIssue(
  repository: string,
  number: number,
  store: ForgettingStore,
): Promise<void> {
  await store.embeddings.remove({ repository, issue: number });
  await store.labelEvents.remove(repository, number);
  await store.historyIssues.remove(repository, number);
  await store.historyPulls.remove(repository, number);
}

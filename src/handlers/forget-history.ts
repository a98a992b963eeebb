import type { Store } from '../store/open-store.js';
import { prepareIssue } from '../triage/prepare-issue.js';
import { hashText } from './encode-text.js';

/** Where a repository's history and what was made of its texts lie. */
export type ForgettingStore = Pick<
  Store,
  'embeddings' | 'histories' | 'historyIssues' | 'historyPulls' | 'labelEvents'
>;

/** Numbers looked up at once. */
const CHUNK = 500;

/** Forgets an issue or pull request that was deleted or moved away, with its text's encodings. */
export async function forgetIssue(
  repository: string,
  number: number,
  store: Omit<ForgettingStore, 'histories'>,
): Promise<void> {
  await forgetEncodings(repository, [number], store);
  await store.labelEvents.remove(repository, number);
  await store.historyIssues.remove(repository, number);
  await store.historyPulls.remove(repository, number);
}

/**
 * Forgets a repository that the App can no longer see: what was read of it, what was learned from that
 * and its configuration. Decisions are a record of what was done, and stay their time. Safe to repeat.
 */
export async function forgetRepository(repository: string, store: ForgettingStore): Promise<void> {
  const numbers = [
    ...(await store.historyIssues.numbers(repository)),
    ...(await store.historyPulls.numbers(repository)),
  ];
  for (let from = 0; from < numbers.length; from += CHUNK) {
    await forgetEncodings(repository, numbers.slice(from, from + CHUNK), store);
  }
  // Last: while a row is left, the work can be found and done again.
  await store.histories.forget(repository);
}

async function forgetEncodings(
  repository: string,
  numbers: readonly number[],
  store: Pick<Store, 'embeddings' | 'historyIssues' | 'historyPulls'>,
): Promise<void> {
  const issues = await store.historyIssues.withNumbers(repository, numbers);
  const pulls = await store.historyPulls.withNumbers(repository, numbers);
  const texts = [...issues.map(prepareIssue), ...pulls.flatMap(({ text }) => text ?? [])];
  await store.embeddings.remove(texts.map(hashText));
}

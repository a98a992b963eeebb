import type { HandlerContext } from './event-handler.js';

/**
 * Forgets a repository that the App can no longer see: what was read of it, what was learned from that
 * and its configuration. Decisions are a record of what was done, and stay their time. Safe to repeat.
 */
export async function forgetRepository(
  repository: string,
  { store, heads, repositories }: Pick<HandlerContext, 'store' | 'heads' | 'repositories'>,
): Promise<void> {
  await store.histories.forget(repository);
  heads.forget(repository);
  // Another repository of this name may have none of the labels, and GitHub would make one put on.
  repositories.forgetLabels(repository);
}

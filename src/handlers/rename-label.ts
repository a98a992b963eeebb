import { headSchema } from '../learning/head.js';
import { renameInHead } from '../learning/rename-label.js';
import type { HeadSubject } from '../store/schema.js';
import type { HandlerContext } from './event-handler.js';

const SUBJECTS: readonly HeadSubject[] = ['issues', 'pulls'];

/**
 * Has a repository's history, its heads in use and what people made of their labels know a label under
 * its new name. Safe to repeat.
 */
export async function renameLabel(
  repository: string,
  { from, to }: { readonly from: string; readonly to: string },
  { store, heads, logger }: HandlerContext,
): Promise<void> {
  if (from === to) return;
  await store.histories.renameLabel(repository, from, to);
  for (const subject of SUBJECTS) {
    const row = await store.heads.inUse(repository, subject);
    // One of another form is learned anew, from the history.
    const head = row && headSchema.safeParse(JSON.parse(row.head)).data;
    if (!head) continue;
    const renamed = JSON.stringify(renameInHead(head, from, to));
    await store.heads.rewrite(repository, row.version, renamed);
  }
  heads.forget(repository);
  logger.info({ repository, from, to }, 'a label has another name');
}

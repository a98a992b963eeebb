import { randomUUID } from 'node:crypto';
import type { HandlerContext } from './event-handler.js';
import { forgetRepository } from './forget-repository.js';
import { queueOwnEvent } from './own-event.js';
import type { RepositoryTarget } from './payload-fields.js';

/**
 * Forgets a repository now, however many others are waiting to be learned from, and once more behind any
 * learning from it that is under way and keeps more meanwhile. One that is known through a later
 * installation, whose number is greater, stays: the App was installed anew, and the event is late.
 */
export async function forgetAtOnce(
  target: RepositoryTarget,
  because: string,
  context: Pick<HandlerContext, 'queue' | 'store' | 'heads' | 'repositories' | 'logger'>,
): Promise<void> {
  const { repository, installationId } = target;
  const known = await context.store.histories.find(repository);
  if (known && known.installation_id > installationId) {
    context.logger.info({ ...target, because }, 'known through a later installation; it stays');
    return;
  }
  await queueOwnEvent(context.queue, target, { action: 'forget', id: randomUUID(), because });
  await forgetRepository(repository, context);
  context.logger.info({ repository, because }, 'forgot what was read and learned');
}

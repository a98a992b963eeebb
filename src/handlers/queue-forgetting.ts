import { randomUUID } from 'node:crypto';
import type { Queue } from '../queue/queue.js';
import { queueOwnEvent } from './own-event.js';
import type { RepositoryTarget } from './payload-fields.js';

/** Queues the forgetting of a repository, behind any learning from it that is under way. */
export async function queueForgetting(
  queue: Pick<Queue, 'enqueue'>,
  target: RepositoryTarget,
  because: string,
): Promise<void> {
  await queueOwnEvent(queue, target, { action: 'forget', id: randomUUID(), because });
}

import { randomUUID } from 'node:crypto';
import type { Queue } from '../queue/queue.js';
import type { Store } from '../store/open-store.js';
import type { HandlerContext } from './event-handler.js';
import type { InstallationChange } from './installation-event.js';
import { queueOwnEvent } from './own-event.js';
import type { RepositoryTarget } from './payload-fields.js';

const action = 'learn';

/** Queues the learning of a repository behind what waits already. */
export async function queueLearning(
  queue: Pick<Queue, 'enqueue'>,
  target: RepositoryTarget,
  because: string,
): Promise<void> {
  await queueOwnEvent(queue, target, { action, id: randomUUID(), because });
}

/** Queues the rest of a learning, which is not begun again should the repository be forgotten by then. */
export async function queueRest(
  queue: Pick<Queue, 'enqueue'>,
  target: RepositoryTarget,
  because: string,
): Promise<void> {
  const details = { resumes: true };
  await queueOwnEvent(queue, target, { action, id: randomUUID(), because, details });
}

/** Queues the learning of a repository once for one occasion; whoever asks again changes nothing. */
export async function queueLearningOnce(
  queue: Pick<Queue, 'enqueue'>,
  target: RepositoryTarget,
  occasion: string,
): Promise<void> {
  const id = `${target.repository.toLowerCase()} ${occasion}`;
  await queueOwnEvent(queue, target, { action, id, because: occasion });
}

/** Queues the learning of a repository once a day for one occasion: tomorrow it may be within reach. */
export async function queueLearningDaily(
  queue: Pick<Queue, 'enqueue'>,
  target: RepositoryTarget,
  occasion: string,
  now = Date.now(),
): Promise<void> {
  const day = new Date(now).toISOString().slice(0, 10);
  await queueLearningOnce(queue, target, `${occasion} on ${day}`);
}

/**
 * Queues the learning of a repository that was worked on and is not known yet, or only through an earlier
 * installation: where the App was installed anew, nothing can be read through the one before.
 */
export async function queueLearningOfUnknown(
  target: RepositoryTarget,
  { queue, store }: Pick<HandlerContext, 'queue'> & { readonly store: Pick<Store, 'histories'> },
): Promise<void> {
  const known = await store.histories.find(target.repository);
  if (!known) {
    await queueLearningDaily(queue, target, 'it is not known yet');
  } else if (known.installation_id < target.installationId) {
    await queueLearningDaily(queue, target, `it is known through ${known.installation_id}`);
  }
}

/** Queues the learning of every repository that an event about an installation names. */
export async function queueLearningOfAll(
  { event, installationId, repositories }: InstallationChange,
  { queue }: Pick<HandlerContext, 'queue'>,
): Promise<void> {
  for (const repository of repositories) {
    await queueLearning(queue, { installationId, repository }, event);
  }
}

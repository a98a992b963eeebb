import { randomUUID } from 'node:crypto';
import type { Queue } from '../queue/queue.js';

/** Sentinel's own event, queued beside GitHub's so that it survives a kill and is tried again. */
export const LEARN_EVENT = 'sentinel.learn';

interface LearningTarget {
  readonly installationId: number;
  readonly repository: string;
}

/** Queues the learning of a repository behind what waits already. */
export async function queueLearning(
  queue: Pick<Queue, 'enqueue'>,
  target: LearningTarget,
  because: string,
): Promise<void> {
  await enqueue(queue, target, because, randomUUID());
}

/** Queues the learning of a repository once for one occasion; whoever asks again changes nothing. */
export async function queueLearningOnce(
  queue: Pick<Queue, 'enqueue'>,
  target: LearningTarget,
  occasion: string,
): Promise<void> {
  await enqueue(queue, target, occasion, `${target.repository.toLowerCase()} ${occasion}`);
}

async function enqueue(
  queue: Pick<Queue, 'enqueue'>,
  target: LearningTarget,
  because: string,
  id: string,
): Promise<void> {
  const payload = {
    action: 'learn',
    installation: { id: target.installationId },
    repository: { full_name: target.repository },
    because,
  };
  await queue.enqueue({
    id: `learn-${id}`,
    event: LEARN_EVENT,
    key: learningKey(target.repository),
    payload: JSON.stringify(payload),
  });
}

/** One learning of a repository at a time, beside the work on its issues. */
export function learningKey(repository: string): string {
  return `${repository}@learning`.toLowerCase();
}

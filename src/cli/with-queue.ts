import { openQueue } from '../queue/open-queue.js';
import type { Queue } from '../queue/queue.js';
import type { Io } from './command.js';
import { withStore } from './with-store.js';

/**
 * Opens the queue that the environment names, works with it, and closes it whatever happens. A database
 * that is not there has no queue: none is made.
 */
export function withQueue<T>(io: Io, work: (queue: Queue) => Promise<T>): Promise<T> {
  return withStore(
    io,
    async (store) => {
      const queue = await openQueue(store);
      try {
        return await work(queue);
      } finally {
        await queue.close();
      }
    },
    { create: false },
  );
}

import { readStoreEnvironment } from '../config/environment.js';
import { openQueue } from '../queue/open-queue.js';
import type { Queue } from '../queue/queue.js';
import { openStore } from '../store/open-store.js';
import type { Io } from './command.js';

/** Opens the queue that the environment names, works with it, and closes it whatever happens. */
export async function withQueue<T>(io: Io, work: (queue: Queue) => Promise<T>): Promise<T> {
  const store = await openStore(readStoreEnvironment(io.env).databaseUrl);
  try {
    const queue = await openQueue(store);
    try {
      return await work(queue);
    } finally {
      await queue.close();
    }
  } finally {
    await store.close();
  }
}

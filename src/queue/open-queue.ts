import type { Store } from '../store/open-store.js';
import type { Queue } from './queue.js';
import type { QueueOptions } from './queue-options.js';
import { SqliteQueue } from './sqlite-queue.js';

/** The queue that lives in the store's database. Close it before the store. */
export async function openQueue(store: Store, options: QueueOptions = {}): Promise<Queue> {
  if (store.dialect === 'sqlite') return new SqliteQueue(store, options);
  const { GraphileQueue } = await import('./graphile-queue.js');
  return GraphileQueue.open(store, options);
}

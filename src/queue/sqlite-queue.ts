import type { SqliteStore } from '../store/open-store.js';
import type {
  ConsumeOptions,
  Consumer,
  DeliveryHandler,
  DeliveryState,
  NewDelivery,
  Queue,
  QueueCounts,
  QueuedDelivery,
} from './queue.js';
import type { QueueOptions } from './queue-options.js';
import { SqliteConsumer } from './sqlite-consumer.js';
import { countJobs, dropJob, insertJob, listJobs, retryJob } from './sqlite-jobs.js';

/** The embedded queue. Every method is one transaction or one statement of the store's database. */
export class SqliteQueue implements Queue {
  readonly #store: SqliteStore;
  readonly #options: QueueOptions;
  readonly #consumers = new Set<SqliteConsumer>();

  constructor(store: SqliteStore, options: QueueOptions = {}) {
    this.#store = store;
    this.#options = options;
  }

  async enqueue(delivery: NewDelivery): Promise<'queued' | 'duplicate'> {
    const inserted = await insertJob(this.#store.db, delivery, Date.now());
    if (inserted) this.#wake();
    return inserted ? 'queued' : 'duplicate';
  }

  async consume(handler: DeliveryHandler, options: ConsumeOptions): Promise<Consumer> {
    const consumer = new SqliteConsumer(this.#store.db, handler, options, this.#options);
    await consumer.start();
    this.#consumers.add(consumer);
    return {
      stop: async () => {
        await consumer.stop();
        this.#consumers.delete(consumer);
      },
    };
  }

  async counts(): Promise<QueueCounts> {
    return countJobs(this.#store.db, Date.now());
  }

  async list(filter: {
    readonly state?: DeliveryState;
    readonly limit: number;
  }): Promise<QueuedDelivery[]> {
    return listJobs(this.#store.db, filter, Date.now());
  }

  async retry(id: string): Promise<boolean> {
    const found = await retryJob(this.#store.db, id, Date.now());
    if (found) this.#wake();
    return found;
  }

  async drop(id: string): Promise<boolean> {
    const found = await dropJob(this.#store.db, id, Date.now());
    if (found) this.#wake();
    return found;
  }

  /** Stops the consumers; the store stays open, for it belongs to the caller. */
  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    this.#consumers.clear();
  }

  #wake(): void {
    for (const consumer of this.#consumers) consumer.wake();
  }
}

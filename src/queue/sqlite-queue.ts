import { setTimeout as sleep } from 'node:timers/promises';
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
import { countJobs, dropJob, insertJobs, listJobs, retryJob } from './sqlite-jobs.js';

/**
 * How long a delivery waits for others to be committed with it, in milliseconds. A commit waits for
 * the disk, and the process with it; together, a burst costs one wait instead of one each
 * (PostgreSQL's `commit_delay` is the same idea).
 */
const GROUP_MS = 4;

interface Pending {
  readonly delivery: NewDelivery;
  readonly resolve: (result: 'queued' | 'duplicate') => void;
  readonly reject: (error: unknown) => void;
}

/** The embedded queue. Every method is one transaction or one statement of the store's database. */
export class SqliteQueue implements Queue {
  readonly #store: SqliteStore;
  readonly #options: QueueOptions;
  readonly #consumers = new Set<SqliteConsumer>();
  #pending: Pending[] = [];
  #committing: Promise<void> = Promise.resolve();

  constructor(store: SqliteStore, options: QueueOptions = {}) {
    this.#store = store;
    this.#options = options;
  }

  enqueue(delivery: NewDelivery): Promise<'queued' | 'duplicate'> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ delivery, resolve, reject });
      if (this.#pending.length === 1) {
        this.#committing = this.#committing
          .then(() => sleep(GROUP_MS))
          .then(() => this.#commitPending());
      }
    });
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

  async #commitPending(): Promise<void> {
    const group = this.#pending;
    this.#pending = [];
    try {
      const deliveries = group.map(({ delivery }) => delivery);
      const inserted = await insertJobs(this.#store.db, deliveries, Date.now());
      for (const [i, { resolve }] of group.entries()) {
        resolve(inserted[i] ? 'queued' : 'duplicate');
      }
      if (inserted.includes(true)) this.#wake();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  /** Stops the consumers; the store stays open, for it belongs to the caller. */
  async close(): Promise<void> {
    await this.#committing;
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    this.#consumers.clear();
  }

  #wake(): void {
    for (const consumer of this.#consumers) consumer.wake();
  }
}

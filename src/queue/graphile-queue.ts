import { Logger, makeWorkerUtils, type RunnerOptions } from 'graphile-worker';
import { sql } from 'kysely';
import type { PostgresStore } from '../store/open-store.js';
import { GraphileConsumer } from './graphile-consumer.js';
import { clearQueueNames, dropJob, exclusively, insertJob, retryJob } from './graphile-jobs.js';
import { countJobs, listJobs } from './graphile-listing.js';
import { poolForGraphile } from './graphile-pool.js';
import { LANES, type Lane } from './lane.js';
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

/** How often the names of queues that have no job left are cleared away, in milliseconds. */
const CLEANUP_MS = 10 * 60 * 1000;
const MIGRATION_LOCK = sql.lit(729_415_003);

/** The queue on PostgreSQL, for several machines: graphile-worker's named queues. */
export class GraphileQueue implements Queue {
  readonly #store: PostgresStore;
  readonly #options: QueueOptions;
  readonly #shared: RunnerOptions;
  readonly #consumers = new Set<GraphileConsumer>();
  #cleanup: NodeJS.Timeout | undefined;
  #cleaning: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;

  private constructor(store: PostgresStore, options: QueueOptions, shared: RunnerOptions) {
    this.#store = store;
    this.#options = options;
    this.#shared = shared;
  }

  /** Installs or updates graphile-worker's schema; several processes may do so at once. */
  static async open(store: PostgresStore, options: QueueOptions): Promise<GraphileQueue> {
    const { log } = options;
    const logger = new Logger(() => (level, message) => log?.(level, message));
    const shared = { pgPool: poolForGraphile(store.pool), logger };
    await store.db.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction);
      const workers = await makeWorkerUtils(shared);
      await workers.release();
    });
    return new GraphileQueue(store, options, shared);
  }

  async enqueue(delivery: NewDelivery): Promise<'queued' | 'duplicate'> {
    return (await insertJob(this.#store.db, delivery)) ? 'queued' : 'duplicate';
  }

  async consume(handler: DeliveryHandler, options: ConsumeOptions): Promise<Consumer> {
    const { background } = options;
    const started =
      background === undefined
        ? [await this.#start(handler, options, LANES)]
        : [
            await this.#start(handler, options, ['foreground']),
            await this.#start(handler, { ...options, concurrency: background }, ['background']),
          ];
    if (this.#cleanup === undefined) {
      this.#cleaning = this.#clean();
      this.#cleanup = setInterval(() => {
        this.#cleaning = this.#cleaning.then(() => this.#clean());
      }, CLEANUP_MS).unref();
    }
    return {
      stop: async () => {
        await Promise.all(started.map((consumer) => consumer.stop()));
        for (const consumer of started) this.#consumers.delete(consumer);
      },
    };
  }

  async #start(
    handler: DeliveryHandler,
    options: ConsumeOptions,
    lanes: readonly Lane[],
  ): Promise<GraphileConsumer> {
    const consumer = new GraphileConsumer(
      this.#store,
      handler,
      options,
      this.#options,
      this.#shared,
      lanes,
    );
    await consumer.start();
    this.#consumers.add(consumer);
    return consumer;
  }

  async counts(): Promise<QueueCounts> {
    return countJobs(this.#store.db);
  }

  async list(filter: {
    readonly state?: DeliveryState;
    readonly limit: number;
  }): Promise<QueuedDelivery[]> {
    return listJobs(this.#store.db, filter);
  }

  async retry(id: string): Promise<boolean> {
    return retryJob(this.#store.db, id);
  }

  async drop(id: string): Promise<boolean> {
    return dropJob(this.#store.db, id);
  }

  /** Stops the consumers; the store stays open, for it belongs to the caller. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#cleanup);
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    this.#consumers.clear();
    await this.#cleaning;
  }

  /**
   * graphile-worker looks through all queue names for each job, and every issue has one. Alone,
   * because a job added at this moment could lose its queue, and with it its order.
   */
  async #clean(): Promise<void> {
    try {
      await exclusively(this.#store.db, clearQueueNames);
    } catch (error) {
      this.#options.onError?.(error);
    }
  }
}

import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Job,
  type Runner,
  type RunnerOptions,
  run,
  type Task,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import type { PostgresStore } from '../store/open-store.js';
import { type ClaimedJob, completeJob, failJob, TASKS } from './graphile-jobs.js';
import { beat, leave, reclaim, releaseOthers } from './graphile-leases.js';
import { judgeFailure, waitAfterInterruption } from './judge-failure.js';
import type { Lane } from './lane.js';
import { newOwner } from './process-identity.js';
import type { ClaimedDelivery, ConsumeOptions, Consumer, DeliveryHandler } from './queue.js';
import { DEFAULT_LEASE_MS, DEFAULT_POLL_MS, type QueueOptions } from './queue-options.js';

/** How often a query is tried while stopping; before, without end. */
const QUERIES_WHILE_STOPPING = 5;

/** Runs a graphile-worker pool, keeps its heartbeat, and starts another one if it breaks. */
export class GraphileConsumer implements Consumer {
  readonly #store: PostgresStore;
  readonly #handler: DeliveryHandler;
  readonly #options: ConsumeOptions;
  readonly #lanes: readonly Lane[];
  readonly #settings: QueueOptions;
  readonly #runnerOptions: RunnerOptions;
  readonly #owner = newOwner();
  readonly #leaseMs: number;
  readonly #stopped = new AbortController();
  /** Ids of the jobs being handled. */
  readonly #jobs = new Set<string>();
  #pool = '';
  #runner: Runner | null = null;
  #supervising: Promise<void> = Promise.resolve();
  #heartbeat: NodeJS.Timeout | undefined;
  #beating: Promise<void> = Promise.resolve();
  #stop: Promise<void> | undefined;

  /**
   * @param shared what graphile-worker needs to reach the database
   * @param lanes the deliveries to handle; all share the slots
   */
  constructor(
    store: PostgresStore,
    handler: DeliveryHandler,
    options: ConsumeOptions,
    settings: QueueOptions,
    shared: RunnerOptions,
    lanes: readonly Lane[],
  ) {
    this.#store = store;
    this.#handler = handler;
    this.#options = options;
    this.#lanes = lanes;
    this.#settings = settings;
    this.#leaseMs = settings.leaseMs ?? DEFAULT_LEASE_MS;
    this.#runnerOptions = {
      ...shared,
      concurrency: options.concurrency,
      noHandleSignals: true,
      parsedCronItems: [],
      pollInterval: settings.pollMs ?? DEFAULT_POLL_MS,
      // Their names are what `poolForGraphile` knows its statements by.
      noPreparedStatements: false,
    };
  }

  /** Frees what crashed processes left behind, then starts claiming. */
  async start(): Promise<void> {
    await this.#reclaim();
    const runner = await this.#startRunner();
    this.#supervising = this.#supervise(runner);
    this.#heartbeat = setInterval(() => {
      this.#beating = this.#beating.then(() => this.#beat());
    }, this.#leaseMs / 3);
  }

  stop(): Promise<void> {
    this.#stop ??= this.#finish();
    return this.#stop;
  }

  async #finish(): Promise<void> {
    this.#stopped.abort();
    // Rejects when the runner has stopped by itself, which is just as well.
    await this.#runner?.stop().catch(() => undefined);
    await this.#supervising;
    clearInterval(this.#heartbeat);
    await this.#beating;
  }

  async #startRunner(): Promise<Runner> {
    const events: WorkerEvents = new EventEmitter();
    events.once('pool:create', ({ workerPool }) => {
      this.#pool = workerPool.id;
    });
    this.#runner = await run({
      ...this.#runnerOptions,
      events,
      taskList: this.#tasks(),
    });
    await beat(this.#store.db, this.#pool, this.#owner).catch((error) => this.#report(error));
    return this.#runner;
  }

  #tasks(): TaskList {
    const handle: Task = (_payload, { job }) => this.#track(job);
    return Object.fromEntries(this.#lanes.map((lane) => [TASKS[lane], handle]));
  }

  /** A runner ends by itself when it can't write to the database for long. */
  async #supervise(first: Runner): Promise<void> {
    let runner: Runner | null = first;
    for (;;) {
      await runner?.promise.catch((error) => this.#report(error));
      if (runner !== null) {
        await leave(this.#store.db, this.#pool).catch((error) => this.#report(error));
      }
      if (this.#stopped.signal.aborted) return;
      await this.#pause();
      if (this.#stopped.signal.aborted) return;
      runner = await this.#startRunner().catch((error) => {
        this.#report(error);
        return null;
      });
      // stop() may have come while the runner was starting, and then knew only of the one before.
      if (this.#stopped.signal.aborted) await runner?.stop().catch(() => undefined);
    }
  }

  async #track(job: Job): Promise<void> {
    const id = String(job.id);
    this.#jobs.add(id);
    await this.#work(job).finally(() => this.#jobs.delete(id));
  }

  async #work(job: Job): Promise<void> {
    const pool = this.#pool;
    const row = await this.#persist(() =>
      this.#store.db
        .selectFrom('deliveries')
        .select(['id', 'event', 'key', 'payload', 'received_at'])
        .where('id', '=', deliveryId(job))
        .executeTakeFirst(),
    );
    if (row === undefined) return;
    const { received_at, ...rest } = row;
    const delivery = { ...rest, attempt: job.attempts, receivedAt: new Date(received_at) };
    const claim: ClaimedJob = {
      jobId: String(job.id),
      pool,
      deliveryId: row.id,
      key: row.key,
      attempt: job.attempts,
    };
    try {
      await this.#handler(delivery);
    } catch (error) {
      await this.#fail(claim, delivery, error);
      return;
    }
    await this.#write(() => completeJob(this.#store.db, claim));
  }

  async #fail(claim: ClaimedJob, delivery: ClaimedDelivery, error: unknown): Promise<void> {
    const failure = judgeFailure(delivery, error, this.#settings);
    await this.#write(() => failJob(this.#store.db, claim, failure));
    this.#options.onFailure?.({ delivery, error, retryAt: failure.retryAt });
  }

  async #write(outcome: () => Promise<boolean>): Promise<void> {
    if (await this.#persist(outcome)) return;
    this.#report(new Error('The lease of a delivery was lost while it was handled.'));
  }

  /**
   * Asks the database again and again while it is away. Giving up would run a handler once more
   * that has run, and would leave the time of the next attempt to graphile-worker.
   */
  async #persist<T>(query: () => Promise<T>): Promise<T> {
    for (let queries = 1; ; queries++) {
      try {
        return await query();
      } catch (error) {
        this.#report(error);
        if (this.#stopped.signal.aborted && queries >= QUERIES_WHILE_STOPPING) throw error;
      }
      await this.#pause();
    }
  }

  /** A moment, as long as the interval of polling; a fifth of a second once stopping. */
  async #pause(): Promise<void> {
    if (this.#stopped.signal.aborted) return sleep(200);
    const milliseconds = this.#settings.pollMs ?? DEFAULT_POLL_MS;
    await sleep(milliseconds, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
  }

  async #beat(): Promise<void> {
    try {
      await beat(this.#store.db, this.#pool, this.#owner);
      await releaseOthers(this.#store.db, this.#pool, this.#jobs, this.#leaseMs);
      await this.#reclaim();
    } catch (error) {
      this.#report(error);
    }
  }

  async #reclaim(): Promise<void> {
    await reclaim(this.#store.db, this.#leaseMs, waitAfterInterruption(this.#settings));
  }

  #report(error: unknown): void {
    this.#settings.onError?.(error);
  }
}

function deliveryId(job: Job): string {
  const { payload } = job;
  if (typeof payload !== 'object' || payload === null || !('id' in payload)) return '';
  return typeof payload.id === 'string' ? payload.id : '';
}

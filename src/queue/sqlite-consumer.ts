import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.js';
import { judgeFailure } from './judge-failure.js';
import { isOwnerGone, newOwner } from './process-identity.js';
import type { ClaimedDelivery, ConsumeOptions, Consumer, DeliveryHandler } from './queue.js';
import { DEFAULT_LEASE_MS, DEFAULT_POLL_MS, type QueueOptions } from './queue-options.js';
import {
  type Claim,
  claimJob,
  completeJob,
  failJob,
  nextDue,
  reclaimJobs,
  renewLeases,
} from './sqlite-jobs.js';

/** Claims jobs as slots free up, handles them, and keeps their leases alive meanwhile. */
export class SqliteConsumer implements Consumer {
  readonly #db: Kysely<Database>;
  readonly #handler: DeliveryHandler;
  readonly #options: ConsumeOptions;
  readonly #settings: QueueOptions;
  readonly #leaseMs: number;
  readonly #pollMs: number;
  readonly #owner = newOwner();
  /** Tokens of the claims being handled, and the promises of their handling. */
  readonly #running = new Map<string, Promise<void>>();
  #claims = 0;
  #stopping = false;
  #woken = false;
  #filling: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #beating: Promise<void> = Promise.resolve();
  #stop: Promise<void> | undefined;

  constructor(
    db: Kysely<Database>,
    handler: DeliveryHandler,
    options: ConsumeOptions,
    settings: QueueOptions,
  ) {
    this.#db = db;
    this.#handler = handler;
    this.#options = options;
    this.#settings = settings;
    this.#leaseMs = settings.leaseMs ?? DEFAULT_LEASE_MS;
    this.#pollMs = settings.pollMs ?? DEFAULT_POLL_MS;
  }

  /** Frees what a process before this one left behind, then starts claiming. */
  async start(): Promise<void> {
    await reclaimJobs(this.#db, Date.now(), isOwnerGone);
    this.#heartbeat = setInterval(() => {
      this.#beating = this.#beating.then(() => this.#beat());
    }, this.#leaseMs / 3);
    this.wake();
  }

  /** Looks for jobs now. */
  wake(): void {
    this.#woken = true;
    if (this.#stopping || this.#filling !== null) return;
    this.#filling = this.#fill().finally(() => {
      this.#filling = null;
      if (this.#woken) this.wake();
    });
  }

  stop(): Promise<void> {
    this.#stop ??= this.#finish();
    return this.#stop;
  }

  async #finish(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#filling;
    // The heartbeat goes on until the last handler is done: their leases must not run out.
    await Promise.all(this.#running.values());
    clearInterval(this.#heartbeat);
    clearTimeout(this.#timer);
    await this.#beating;
  }

  async #fill(): Promise<void> {
    clearTimeout(this.#timer);
    let waitMs = this.#pollMs;
    try {
      while (!this.#stopping && this.#running.size < this.#options.concurrency) {
        this.#woken = false;
        const token = `${this.#owner} ${++this.#claims}`;
        const claim = await claimJob(this.#db, token, Date.now(), this.#leaseMs);
        if (claim === null) break;
        this.#begin(claim);
        // Statements resolve within the same turn of the event loop; let timers and sockets in.
        await new Promise(setImmediate);
      }
      const due = await nextDue(this.#db, Date.now());
      if (due !== null) waitMs = Math.min(waitMs, Math.max(1, due - Date.now()));
    } catch (error) {
      this.#report(error);
    }
    if (this.#running.size >= this.#options.concurrency) this.#woken = false;
    if (!this.#stopping) this.#timer = setTimeout(() => this.wake(), waitMs);
  }

  #begin(claim: Claim): void {
    const handling = this.#handle(claim)
      .catch((error) => this.#report(error))
      .finally(() => {
        this.#running.delete(claim.token);
        this.wake();
      });
    this.#running.set(claim.token, handling);
  }

  async #handle(claim: Claim): Promise<void> {
    const delivery = await this.#read(claim);
    try {
      await this.#handler(delivery);
    } catch (error) {
      await this.#fail(claim, delivery, error);
      return;
    }
    await completeJob(this.#db, claim, Date.now());
  }

  async #read(claim: Claim): Promise<ClaimedDelivery> {
    const { received_at, ...row } = await this.#db
      .selectFrom('deliveries')
      .select(['id', 'event', 'key', 'payload', 'received_at'])
      .where('id', '=', claim.deliveryId)
      .executeTakeFirstOrThrow();
    return { ...row, attempt: claim.attempt, receivedAt: new Date(received_at) };
  }

  async #fail(claim: Claim, delivery: ClaimedDelivery, error: unknown): Promise<void> {
    const { retryAt, counted, error: kept } = judgeFailure(delivery, error, this.#settings);
    const runAt = retryAt?.getTime() ?? null;
    await failJob(this.#db, claim, { runAt, counted, error: kept });
    this.#options.onFailure?.({ delivery, error, retryAt });
  }

  async #beat(): Promise<void> {
    try {
      const now = Date.now();
      const tokens = [...this.#running.keys()];
      if (tokens.length > 0) await renewLeases(this.#db, tokens, now + this.#leaseMs);
      if ((await reclaimJobs(this.#db, now, isOwnerGone)) > 0) this.wake();
    } catch (error) {
      this.#report(error);
    }
  }

  #report(error: unknown): void {
    this.#settings.onError?.(error);
  }
}

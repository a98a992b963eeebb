import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.js';
import { judgeFailure, waitAfterInterruption } from './judge-failure.js';
import { LANES, type Lane, laneOf } from './lane.js';
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
  /** Tokens of the claims being handled, with the promises of their handling. */
  readonly #running = new Map<string, { readonly lane: Lane; readonly handling: Promise<void> }>();
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
    await this.#reclaim(Date.now());
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
    await Promise.all([...this.#running.values()].map(({ handling }) => handling));
    clearInterval(this.#heartbeat);
    clearTimeout(this.#timer);
    await this.#beating;
  }

  async #fill(): Promise<void> {
    clearTimeout(this.#timer);
    let waitMs = this.#pollMs;
    try {
      for (;;) {
        const lanes = this.#freeLanes();
        if (this.#stopping || lanes.length === 0) break;
        this.#woken = false;
        const token = `${this.#owner} ${++this.#claims}`;
        const claim = await claimJob(this.#db, token, Date.now(), {
          leaseMs: this.#leaseMs,
          lane: lanes.length === 1 ? lanes[0] : undefined,
        });
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
    if (this.#freeLanes().length === 0) this.#woken = false;
    if (!this.#stopping) this.#timer = setTimeout(() => this.wake(), waitMs);
  }

  /** The lanes with a slot to spare. */
  #freeLanes(): Lane[] {
    const { concurrency, background } = this.#options;
    const running = [...this.#running.values()];
    if (background === undefined) return running.length < concurrency ? [...LANES] : [];
    const slots = { foreground: concurrency, background };
    return LANES.filter((lane) => running.filter((one) => one.lane === lane).length < slots[lane]);
  }

  #begin(claim: Claim): void {
    const handling = this.#handle(claim)
      .catch((error) => this.#report(error))
      .finally(() => {
        this.#running.delete(claim.token);
        this.wake();
      });
    this.#running.set(claim.token, { lane: laneOf(claim.key), handling });
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
      if ((await this.#reclaim(now)) > 0) this.wake();
    } catch (error) {
      this.#report(error);
    }
  }

  #reclaim(now: number): Promise<number> {
    return reclaimJobs(this.#db, now, isOwnerGone, waitAfterInterruption(this.#settings));
  }

  #report(error: unknown): void {
    this.#settings.onError?.(error);
  }
}

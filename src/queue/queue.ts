/**
 * The queue contract. Two adapters keep it: SQLite (embedded default) and PostgreSQL through
 * graphile-worker. `test/queue/contract.test.ts` holds both to it.
 */

/** What GitHub sent, ready to be stored. */
export interface NewDelivery {
  /** `X-GitHub-Delivery`: unique per delivery; a redelivery repeats it. */
  readonly id: string;
  /** Event and action joined, e.g. `issues.opened`. */
  readonly event: string;
  /**
   * Deliveries that share a key run one after the other, in the order they were received. Those whose
   * key ends with `@learning` are the background's.
   */
  readonly key: string;
  /** The raw JSON body, as received. */
  readonly payload: string;
}

/** A delivery handed to a handler. `attempt` counts from 1. */
export interface ClaimedDelivery extends NewDelivery {
  readonly attempt: number;
  readonly receivedAt: Date;
}

export type DeliveryState = 'ready' | 'delayed' | 'running' | 'dead';

/** A line of `sentinel queue list`. */
export interface QueuedDelivery {
  readonly id: string;
  readonly event: string;
  readonly key: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly receivedAt: Date;
  readonly runAt: Date;
  readonly error: string | null;
}

export interface QueueCounts extends Readonly<Record<DeliveryState, number>> {
  /**
   * Age in milliseconds of the oldest delivery that could run now, the background's apart; 0 when there
   * is none.
   */
  readonly oldestReadyMs: number;
}

/** Handles one delivery. Resolving completes it; throwing fails it (see `retry-policy.ts`). */
export type DeliveryHandler = (delivery: ClaimedDelivery) => Promise<void>;

export interface ConsumeOptions {
  /** Keys handled side by side, 1 or more. */
  readonly concurrency: number;
  /** So many of the background's keys beside them; when left out, they share the slots. */
  readonly background?: number;
  /** Called after each failed attempt, for logs and metrics; never throws. */
  readonly onFailure?: (failure: {
    readonly delivery: ClaimedDelivery;
    readonly error: unknown;
    /** When it will be tried again; null once it is dead. */
    readonly retryAt: Date | null;
  }) => void;
}

export interface Consumer {
  /** Stops claiming, waits for the running handlers, then resolves. */
  stop(): Promise<void>;
}

export interface Queue {
  /** Stores the delivery durably before resolving. A known id is `duplicate` and changes nothing. */
  enqueue(delivery: NewDelivery): Promise<'queued' | 'duplicate'>;
  /** Starts handling: serial and in order per key, bounded concurrency across keys. */
  consume(handler: DeliveryHandler, options: ConsumeOptions): Promise<Consumer>;
  counts(): Promise<QueueCounts>;
  /** Unfinished deliveries, oldest first. */
  list(filter: {
    readonly state?: DeliveryState;
    readonly limit: number;
  }): Promise<QueuedDelivery[]>;
  /** Makes a dead or delayed delivery ready again with a fresh count of attempts; false if there is none. */
  retry(id: string): Promise<boolean>;
  /** Gives a dead, delayed or ready delivery up; its id stays known. False if there is none. */
  drop(id: string): Promise<boolean>;
  close(): Promise<void>;
}

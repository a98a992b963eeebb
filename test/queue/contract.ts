import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, vi } from 'vitest';
import { openQueue } from '../../src/queue/open-queue.js';
import type { NewDelivery, Queue } from '../../src/queue/queue.js';
import type { QueueOptions } from '../../src/queue/queue-options.js';
import { openStore, type Store } from '../../src/store/open-store.js';

/** What a suite needs to know about an adapter. */
export interface Adapter {
  readonly name: string;
  /** The URL of an empty database. */
  freshDatabase(): Promise<string>;
  /** Pretends that a delivery has been tried so often already. */
  setAttempts(store: Store, id: string, attempts: number): Promise<void>;
  /** Gives the leases of all running deliveries to a consumer that doesn't exist, but lives. */
  stealLeases(store: Store): Promise<void>;
  /** Moves the last sign of life of all consumers into the past. */
  expireLeases(store: Store): Promise<void>;
}

export interface Bench {
  readonly url: string;
  readonly store: Store;
  readonly queue: Queue;
  /** Another store and queue on the same database, closed with the rest. */
  another(options?: QueueOptions): Promise<{ readonly store: Store; readonly queue: Queue }>;
}

/** Quick retries and polls, so that the suites are quick. */
export const QUICK: QueueOptions = {
  pollMs: 50,
  backoff: { baseMs: 20, factor: 1.5, capMs: 100 },
};

/** A fresh database with one queue for each test; everything is closed after it. */
export function useBench(adapter: Adapter): Bench {
  let url = '';
  const opened: { readonly store: Store; readonly queue: Queue }[] = [];
  const another = async (options: QueueOptions = QUICK) => {
    const store = await openStore(url);
    const pair = { store, queue: await openQueue(store, options) };
    opened.push(pair);
    return pair;
  };
  beforeEach(async () => {
    url = await adapter.freshDatabase();
    await another();
  });
  afterEach(async () => {
    for (const { queue, store } of opened.splice(0).reverse()) {
      await queue.close();
      await store.close();
    }
  });
  const first = () => {
    const [pair] = opened;
    if (pair === undefined) throw new Error('the bench is set up before each test');
    return pair;
  };
  return {
    another,
    get url() {
      return url;
    },
    get store() {
      return first().store;
    },
    get queue() {
      return first().queue;
    },
  };
}

export function delivery(id: string, key = 'octo/widgets#1', payload = '{}'): NewDelivery {
  return { id, key, payload, event: 'issues.opened' };
}

export async function enqueueAll(queue: Queue, ...deliveries: NewDelivery[]): Promise<void> {
  for (const each of deliveries) await queue.enqueue(each);
}

/** Waits, generously, until the assertions hold. */
export async function eventually(assertions: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(assertions, { timeout: 20_000, interval: 20 });
}

/** Waits until nothing is left that could still run. */
export async function settled(queue: Queue): Promise<void> {
  await eventually(async () => {
    const { ready, delayed, running } = await queue.counts();
    if (ready + delayed + running > 0) throw new Error(`${ready} ${delayed} ${running} left`);
  });
}

/** A gate that handlers wait at. */
export function gate(): { readonly open: () => void; readonly passed: Promise<void> } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

/** Long enough for a wrong consumer to do the wrong thing. */
export const aWhile = (): Promise<void> => sleep(200);

import type { Backoff } from './retry-policy.js';

/** What both adapters take. Times are in milliseconds. */
export interface QueueOptions {
  /** How long a silent consumer keeps its deliveries; renewed every third of it. Default 30,000. */
  readonly leaseMs?: number;
  /** How often to look for deliveries enqueued by other processes. Default 1,000. */
  readonly pollMs?: number;
  readonly backoff?: Backoff;
  /** In [0, 1); default `Math.random`. */
  readonly random?: () => number;
  /** Told of database problems that the queue gets over by itself; never throws. */
  readonly onError?: (error: unknown) => void;
  /** graphile-worker's log lines; default: none are written. */
  readonly log?: (level: 'error' | 'warning' | 'info' | 'debug', message: string) => void;
}

export const DEFAULT_LEASE_MS = 30_000;
export const DEFAULT_POLL_MS = 1000;
/** Most lines one `list` returns. */
export const MAX_LISTED = 1000;

/** What is shown for a delivery whose process stopped each time that it was handled. */
export const INTERRUPTED = 'The process stopped while handling this delivery.';

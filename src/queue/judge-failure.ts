import type { ClaimedDelivery } from './queue.js';
import type { QueueOptions } from './queue-options.js';
import { decideRetry, errorText, interruptedMs } from './retry-policy.js';

/** What becomes of a delivery whose handler failed. */
export interface JudgedFailure {
  /** Milliseconds until the next attempt; null: there is none. */
  readonly delayMs: number | null;
  readonly retryAt: Date | null;
  /** Whether this attempt counts. */
  readonly counted: boolean;
  /** What is kept of the error. */
  readonly error: string;
}

/** Asks the retry policy, with the clock and chance of now. */
export function judgeFailure(
  { attempt, receivedAt }: ClaimedDelivery,
  error: unknown,
  { random = Math.random, backoff }: QueueOptions,
): JudgedFailure {
  const now = new Date();
  const decision = decideRetry({ error, attempt, receivedAt, now, random: random() }, backoff);
  const text = errorText(error);
  if (decision.kind === 'dead') {
    return { delayMs: null, retryAt: null, counted: true, error: text };
  }
  const { delayMs, counted } = decision;
  const retryAt = new Date(Math.ceil(now.getTime() + delayMs));
  return { delayMs, retryAt, counted, error: text };
}

/** How long an interrupted delivery waits (`interruptedMs`), with the chance of now. */
export function waitAfterInterruption({
  random = Math.random,
  backoff,
}: QueueOptions): (attempt: number) => number {
  return (attempt) => interruptedMs(attempt, random(), backoff);
}

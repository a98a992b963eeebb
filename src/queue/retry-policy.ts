/**
 * When a failed delivery is tried again. Pure: the clock and chance are arguments.
 *
 * Errors may carry advice, read structurally so that the queue knows nothing of GitHub:
 * - `permanent: true`: trying again cannot help; dead at once.
 * - `retryAt: Date`: a rate limit's reset or a `Retry-After`. Not tried before then (bounded by
 *   `MAX_WAIT_MS`) and not counted as an attempt, because being told to wait says nothing about
 *   the delivery. So that it ends some day, waits count once a delivery is `WAIT_GRACE_MS` old.
 */

/** Counted attempts before a delivery is dead. */
export const MAX_ATTEMPTS = 8;
/** The longest wait an error can ask for: two hours. */
export const MAX_WAIT_MS = 2 * 60 * 60 * 1000;
/** Age of a delivery from which rate-limit waits count as attempts too: one day. */
export const WAIT_GRACE_MS = 24 * 60 * 60 * 1000;
/** Spreads the deliveries that one rate limit released: up to a second. */
const WAIT_SPREAD_MS = 1000;
/** Length of a stored error, in UTF-16 code units. */
export const MAX_ERROR_LENGTH = 2000;
/** How many causes deep advice is looked for. */
const CAUSE_DEPTH = 5;

/** Milliseconds, except `factor`. */
export interface Backoff {
  readonly baseMs: number;
  readonly factor: number;
  readonly capMs: number;
}

/**
 * 2 s, 8 s, 32 s, 128 s, 512 s, 600 s, 600 s, each halved at most by jitter: eight attempts span
 * 16 to 31 minutes, enough for the usual incident or deployment to end.
 */
export const DEFAULT_BACKOFF: Backoff = { baseMs: 2000, factor: 4, capMs: 10 * 60 * 1000 };

export interface RetryAdvice {
  readonly retryAt: Date | null;
  readonly permanent: boolean;
}

export interface FailedAttempt {
  readonly error: unknown;
  /** Counted attempts so far, this one included: 1 or more. */
  readonly attempt: number;
  readonly receivedAt: Date;
  readonly now: Date;
  /** A number in [0, 1), such as `Math.random()`. */
  readonly random: number;
}

export type RetryDecision =
  | { readonly kind: 'dead' }
  | {
      readonly kind: 'retry';
      /** Milliseconds from now, 0 or more. */
      readonly delayMs: number;
      /** Whether this attempt counts towards `MAX_ATTEMPTS`. */
      readonly counted: boolean;
    };

/** Decides what becomes of a delivery whose handler failed. */
export function decideRetry(failed: FailedAttempt, backoff = DEFAULT_BACKOFF): RetryDecision {
  const { retryAt, permanent } = readRetryAdvice(failed.error);
  if (permanent) return { kind: 'dead' };
  const now = failed.now.getTime();
  const askedMs = retryAt === null ? 0 : Math.min(retryAt.getTime() - now, MAX_WAIT_MS);
  // A moment that has passed is no wait: counting it keeps such errors from looping for free.
  const counted = askedMs <= 0 || now - failed.receivedAt.getTime() >= WAIT_GRACE_MS;
  if (counted && failed.attempt >= MAX_ATTEMPTS) return { kind: 'dead' };
  if (askedMs > 0) {
    return { kind: 'retry', counted, delayMs: askedMs + failed.random * WAIT_SPREAD_MS };
  }
  return { kind: 'retry', counted, delayMs: backoffMs(failed.attempt, failed.random, backoff) };
}

/**
 * Exponential backoff with equal jitter: half of the step is kept, the other half is chance
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 *
 * @param attempt 1 or more
 * @param random in [0, 1)
 * @returns milliseconds
 */
export function backoffMs(attempt: number, random: number, backoff = DEFAULT_BACKOFF): number {
  const step = Math.min(backoff.capMs, backoff.baseMs * backoff.factor ** (attempt - 1));
  return step / 2 + (step / 2) * random;
}

/**
 * How long a delivery waits whose process stopped while it was handled. Not at all the first time, which
 * is most often a restart; later as after a failure: one that stops the process each time would take
 * those that are handled beside it down with it, were they always begun together.
 *
 * @param attempt counted attempts so far, the interrupted one included
 * @param random in [0, 1)
 * @returns milliseconds
 */
export function interruptedMs(attempt: number, random: number, backoff = DEFAULT_BACKOFF): number {
  return attempt <= 1 ? 0 : backoffMs(attempt - 1, random, backoff);
}

/** The advice of an error or, where it has none, of what caused it. Never throws. */
export function readRetryAdvice(error: unknown): RetryAdvice {
  try {
    let current = error;
    for (let depth = 0; depth < CAUSE_DEPTH && isObject(current); depth++) {
      const { retryAt, permanent, cause } = current;
      const until = retryAt instanceof Date && Number.isFinite(retryAt.getTime()) ? retryAt : null;
      if (permanent === true || until !== null) {
        return { retryAt: until, permanent: permanent === true };
      }
      current = cause;
    }
  } catch {
    // A getter or proxy that throws gives no advice.
  }
  return { retryAt: null, permanent: false };
}

/** An error as the plain text that is stored: its message, without control characters, bounded. */
export function errorText(error: unknown): string {
  let text: string;
  try {
    text = error instanceof Error ? error.message || error.name : String(error);
  } catch {
    text = 'An error that cannot be shown.';
  }
  const plain = text
    .slice(0, MAX_ERROR_LENGTH * 2)
    .replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .trim();
  if (plain === '') return 'An error without a message.';
  return plain.length <= MAX_ERROR_LENGTH ? plain : `${bounded(plain, MAX_ERROR_LENGTH - 1)}…`;
}

/** Cuts without leaving half of a surrogate pair behind. */
function bounded(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

function isObject(value: unknown): value is Record<'retryAt' | 'permanent' | 'cause', unknown> {
  return typeof value === 'object' && value !== null;
}

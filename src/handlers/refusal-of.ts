import { isNotFound, RefusedError } from '../github/github-error.js';
import type { ClaimedDelivery } from '../queue/queue.js';

/** So long after an event GitHub may still not find what it told of: its replicas follow. */
const SETTLED_MS = 5000;
/** Where clocks differ a delivery stays new for long; by this try GitHub has had its time. */
const LAST_DOUBT = 2;

/** GitHub does not find what it has only just told of. */
class NotYetFoundError extends Error {
  override readonly name = 'NotYetFoundError';
}

/**
 * The refusal that a delivery ends with. "Not found" is none while the delivery is new.
 *
 * @throws the failure itself where another try may end otherwise
 */
export function refusalOf(
  error: unknown,
  { attempt, receivedAt }: Pick<ClaimedDelivery, 'attempt' | 'receivedAt'>,
): RefusedError {
  if (!(error instanceof RefusedError)) throw error;
  const isNew = attempt <= LAST_DOUBT && Date.now() - receivedAt.getTime() < SETTLED_MS;
  if (isNew && isNotFound(error)) {
    // Its own cause, for the refusal would advise against another try.
    throw new NotYetFoundError(error.message, { cause: error.cause });
  }
  return error;
}

import type { ClaimedDelivery } from '../../src/queue/queue.js';

/** A delivery about `octo/widgets#5` that is handled for the first time. */
export function aDelivery(change: Partial<ClaimedDelivery> = {}): ClaimedDelivery {
  return {
    id: 'd1',
    event: 'issues.edited',
    key: 'octo/widgets#5',
    payload: '{}',
    attempt: 1,
    receivedAt: new Date(),
    ...change,
  };
}

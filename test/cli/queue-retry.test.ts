import { afterEach, beforeEach, expect, it } from 'vitest';
import { retryDead } from '../../src/cli/queue-retry.js';
import { openQueue } from '../../src/queue/open-queue.js';
import type { Queue } from '../../src/queue/queue.js';
import type { Store } from '../../src/store/open-store.js';
import { useTestStore } from '../support/a-store.js';

const IDS = Array.from({ length: 20 }, (_, n) => `d-${n}`);
let store: Store;
let queue: Queue;

useTestStore((opened) => {
  store = opened;
});
beforeEach(async () => {
  queue = await openQueue(store);
  for (const id of IDS) {
    await queue.enqueue({ id, event: 'issues.opened', key: `octo/widgets#${id}`, payload: '{}' });
  }
  const fail = async () => {
    throw Object.assign(new Error('never'), { permanent: true });
  };
  const consumer = await queue.consume(fail, { concurrency: 4 });
  await expect.poll(async () => (await queue.counts()).dead, { timeout: 10_000 }).toBe(IDS.length);
  await consumer.stop();
});
afterEach(() => queue.close());

it('makes all that are dead ready again, each once, also when two ask at the same time', async () => {
  const other = await openQueue(store);
  const both = await Promise.all([retryDead(queue), retryDead(other)]);
  const retried = both.flatMap((results) => [...results]);
  // Neither has found what it looked for missing: that would be a failure.
  expect(retried.every(([, ok]) => ok)).toBe(true);
  expect(retried.map(([id]) => id).toSorted()).toEqual(IDS.toSorted());
  expect(await queue.counts()).toMatchObject({ dead: 0, ready: IDS.length });
  await other.close();
});

it('does not go on for ever where one cannot be made ready', async () => {
  const results = await retryDead({
    list: (filter) => queue.list(filter),
    retry: async (id) => id !== 'd-3',
  });
  expect(results.size).toBe(IDS.length - 1);
});

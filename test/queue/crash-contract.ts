import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { INTERRUPTED } from '../../src/queue/queue-options.js';
import { MAX_ATTEMPTS } from '../../src/queue/retry-policy.js';
import { startChild } from './child.js';
import {
  type Adapter,
  aWhile,
  delivery,
  enqueueAll,
  eventually,
  gate,
  QUICK,
  settled,
  useBench,
} from './contract.js';

const CHILD = './child-consumer.ts';

/** What every adapter promises when processes die, and when there are several. */
export function crashContract(adapter: Adapter): void {
  const bench = useBench(adapter);

  describe('processes', () => {
    it('loses nothing when one is killed while it handles', async () => {
      const ids = Array.from({ length: 12 }, (_, n) => `d${n}`);
      await enqueueAll(bench.queue, ...ids.map((id, n) => delivery(id, `k${n % 4}`)));
      const child = startChild(CHILD, bench.url, 'hang');
      await child.until((lines) => lines.filter((line) => line.startsWith('start')).length === 3);
      await child.kill();
      expect((await bench.queue.counts()).running).toBe(3);

      const handled: string[] = [];
      await bench.queue.consume(async ({ id, attempt }) => void handled.push(`${id}/${attempt}`), {
        concurrency: 4,
      });
      await settled(bench.queue);
      const interrupted = new Set(child.lines.map((line) => line.replace('start ', '')));
      const expected = ids.map((id) => `${id}/${interrupted.has(id) ? 2 : 1}`);
      expect(handled.toSorted()).toEqual(expected.toSorted());
      for (let key = 0; key < 4; key++) {
        const order = handled.map((each) => Number(/\d+/.exec(each)?.[0]));
        const ofKey = order.filter((n) => n % 4 === key);
        expect(ofKey).toEqual(ofKey.toSorted((a, b) => a - b));
      }
    });

    it('puts one off that was interrupted again, so that those beside it are handled without it', async () => {
      await enqueueAll(
        bench.queue,
        delivery('poison', 'k1'),
        delivery('after', 'k1'),
        delivery('beside', 'k2'),
      );
      await adapter.setAttempts(bench.store, 'poison', 1);
      const child = startChild(CHILD, bench.url, 'hang');
      await child.until((lines) => lines.filter((line) => line.startsWith('start')).length === 2);
      await child.kill();
      const backoff = { baseMs: 60_000, factor: 1, capMs: 60_000 };
      const { queue } = await bench.another({ ...QUICK, backoff });
      const handled: string[] = [];
      await queue.consume(async ({ id }) => void handled.push(id), { concurrency: 2 });
      await eventually(() => expect(handled).toEqual(['beside']));
      await aWhile();
      expect(handled).toEqual(['beside']);
      expect(await queue.list({ limit: 10 })).toMatchObject([
        { id: 'poison', state: 'delayed', attempts: 2, error: INTERRUPTED },
        { id: 'after', state: 'delayed' },
      ]);
    });

    it('buries a delivery that was interrupted in its last attempt', async () => {
      await enqueueAll(bench.queue, delivery('poison'), delivery('next'));
      await adapter.setAttempts(bench.store, 'poison', MAX_ATTEMPTS - 1);
      const child = startChild(CHILD, bench.url, 'hang');
      await child.until((lines) => lines.includes('start poison'));
      await child.kill();
      const handled: string[] = [];
      await bench.queue.consume(async ({ id }) => void handled.push(id), { concurrency: 1 });
      await settled(bench.queue);
      expect(handled).toEqual(['next']);
      expect(await bench.queue.list({ limit: 10 })).toMatchObject([
        { id: 'poison', state: 'dead', attempts: MAX_ATTEMPTS, error: INTERRUPTED },
      ]);
    });

    it('shares the work among two, each delivery once and in order', async () => {
      const children = [startChild(CHILD, bench.url), startChild(CHILD, bench.url)];
      try {
        for (const child of children) await child.until((lines) => lines.includes('ready'));
        const ids = Array.from({ length: 60 }, (_, n) => `d${n}`);
        await enqueueAll(bench.queue, ...ids.map((id, n) => delivery(id, `k${n % 10}`)));
        await settled(bench.queue);
        const count = (prefix: string) => () =>
          children.flatMap(({ lines }) => lines.filter((line) => line.startsWith(prefix)));
        await eventually(() => expect(count('done')()).toHaveLength(60));
        expect(count('start')().toSorted()).toEqual(ids.map((id) => `start ${id}`).toSorted());
      } finally {
        await Promise.all(children.map((child) => child.kill()));
      }
    });

    it('keeps the lease of a handler that outlasts it', async () => {
      const { queue } = await bench.another({ ...QUICK, leaseMs: 400 });
      const other = await bench.another({ ...QUICK, leaseMs: 400 });
      let handled = 0;
      await queue.enqueue(delivery('a'));
      for (const each of [queue, other.queue]) {
        await each.consume(
          async () => {
            handled++;
            await sleep(1500);
          },
          { concurrency: 1 },
        );
      }
      await settled(queue);
      expect(handled).toBe(1);
    });

    it('cannot complete or fail what another one holds by now', async () => {
      const { open, passed } = gate();
      let started = 0;
      await enqueueAll(bench.queue, delivery('a', 'k1'), delivery('b', 'k2'));
      const consumer = await bench.queue.consume(
        async ({ id }) => {
          started++;
          await passed;
          if (id === 'b') throw new Error('no');
        },
        { concurrency: 2 },
      );
      await eventually(() => expect(started).toBe(2));
      await adapter.stealLeases(bench.store);
      open();
      await aWhile();
      await consumer.stop();
      expect(await bench.queue.counts()).toMatchObject({ running: 2, ready: 0, delayed: 0 });
      expect(await bench.store.deliveries.find('a')).toMatchObject({ finished_at: null });
    });

    it('frees the deliveries of one that is silent for longer than its lease', async () => {
      const { open, passed } = gate();
      let started = 0;
      await bench.queue.enqueue(delivery('a'));
      await bench.queue.consume(
        async () => {
          started++;
          await passed;
        },
        { concurrency: 1 },
      );
      await eventually(() => expect(started).toBe(1));
      await adapter.stealLeases(bench.store);
      const { queue } = await bench.another({ ...QUICK, leaseMs: 300 });
      const handled: number[] = [];
      await adapter.expireLeases(bench.store);
      await queue.consume(async ({ attempt }) => void handled.push(attempt), { concurrency: 1 });
      await eventually(() => expect(handled).toEqual([2]));
      open();
    });
  });
}

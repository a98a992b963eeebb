import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClaimedDelivery } from '../../src/queue/queue.js';
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

/** What every adapter promises of storing and of running in order. */
export function deliveryContract(adapter: Adapter): void {
  describe('storing', () => {
    const bench = useBench(adapter);

    it('keeps a delivery for whoever opens the database next', async () => {
      const before = Date.now();
      expect(await bench.queue.enqueue(delivery('a', 'octo/widgets#7'))).toBe('queued');
      const { queue } = await bench.another();
      const [listed] = await queue.list({ limit: 10 });
      expect(listed).toMatchObject({
        id: 'a',
        event: 'issues.opened',
        key: 'octo/widgets#7',
        state: 'ready',
        attempts: 0,
        error: null,
      });
      expect(listed?.receivedAt.getTime()).toBeGreaterThanOrEqual(before);
    });

    it('takes a known id for a duplicate, before and after it is handled', async () => {
      expect(await bench.queue.enqueue(delivery('a', 'k', '{"first":true}'))).toBe('queued');
      expect(await bench.queue.enqueue(delivery('a', 'other', '{}'))).toBe('duplicate');
      const payloads: string[] = [];
      await bench.queue.consume(async (each) => void payloads.push(each.payload), {
        concurrency: 2,
      });
      await settled(bench.queue);
      expect(await bench.queue.enqueue(delivery('a'))).toBe('duplicate');
      await aWhile();
      expect(payloads).toEqual(['{"first":true}']);
    });

    it('takes one of many concurrent copies', async () => {
      const { queue } = await bench.another();
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 === 0 ? queue : bench.queue).enqueue(delivery('a', `k${index}`)),
        ),
      );
      expect(results.filter((result) => result === 'queued')).toHaveLength(1);
      expect((await bench.queue.counts()).ready).toBe(1);
    });

    it('hands over what was sent, and empties it once it is done', async () => {
      const payload = JSON.stringify({ body: 'ü𝒳"\\u0000 '.repeat(200_000) });
      await bench.queue.enqueue(delivery('big', `${'o'.repeat(39)}/${'w'.repeat(100)}#1`, payload));
      const seen: ClaimedDelivery[] = [];
      await bench.queue.consume(async (each) => void seen.push(each), { concurrency: 1 });
      await settled(bench.queue);
      expect(seen).toHaveLength(1);
      expect(seen[0]).toMatchObject({ id: 'big', event: 'issues.opened', attempt: 1 });
      expect(seen[0]?.payload === payload).toBe(true);
      const row = await bench.store.db.selectFrom('deliveries').selectAll().executeTakeFirst();
      expect(row).toMatchObject({ payload: '', outcome: 'completed' });
      expect(row?.finished_at).toBeTypeOf('number');
    });
  });

  describe('running', () => {
    const bench = useBench(adapter);

    it('is serial and in order per key, and never wider than asked', async () => {
      const plans = fc.record({
        keys: fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 20, maxLength: 60 }),
        concurrency: fc.integer({ min: 1, max: 6 }),
        failing: fc.array(fc.nat({ max: 59 }), { maxLength: 4 }),
      });
      let round = 0;
      await fc.assert(
        fc.asyncProperty(plans, async ({ keys, concurrency, failing }) => {
          const prefix = `r${++round}`;
          const done = new Map<string, string[]>();
          const busy = new Set<string>();
          let widest = 0;
          const consumer = await bench.queue.consume(
            async ({ id, key, attempt }) => {
              expect(busy.has(key)).toBe(false);
              busy.add(key);
              widest = Math.max(widest, busy.size);
              await sleep(Math.random() * 4);
              busy.delete(key);
              if (attempt === 1 && failing.some((n) => id === `${prefix}-${n}`)) {
                throw new Error('once');
              }
              done.set(key, [...(done.get(key) ?? []), id]);
            },
            { concurrency },
          );
          const sent = keys.map((key, n) => delivery(`${prefix}-${n}`, `${prefix} k${key}`));
          await enqueueAll(bench.queue, ...sent);
          await settled(bench.queue);
          await consumer.stop();
          expect(widest).toBeLessThanOrEqual(concurrency);
          for (const key of new Set(sent.map((each) => each.key))) {
            const ofKey = sent.filter((each) => each.key === key);
            expect(done.get(key)).toEqual(ofKey.map((each) => each.id));
          }
        }),
        { numRuns: 6 },
      );
    });

    it('uses all of its slots, and no more', async () => {
      const { open, passed } = gate();
      let running = 0;
      const numbers = Array.from({ length: 9 }, (_, n) => delivery(`d${n}`, `k${n}`));
      await enqueueAll(bench.queue, ...numbers);
      await bench.queue.consume(
        async () => {
          running++;
          await passed;
        },
        { concurrency: 3 },
      );
      await eventually(() => expect(running).toBe(3));
      await aWhile();
      expect(running).toBe(3);
      expect(await bench.queue.counts()).toMatchObject({ running: 3, ready: 6 });
      open();
      await settled(bench.queue);
      expect(running).toBe(9);
    });

    it('keeps long work of the background in slots of its own', async () => {
      const { open, passed } = gate();
      const seen: string[] = [];
      const learnings = ['a', 'b', 'c'].map((id) => delivery(id, `octo/${id}@learning`));
      await enqueueAll(bench.queue, ...learnings, delivery('d'), delivery('e', 'octo/widgets#2'));
      await bench.queue.consume(
        async ({ id, key }) => {
          seen.push(id);
          if (key.endsWith('@learning')) await passed;
        },
        { concurrency: 2, background: 1 },
      );
      await eventually(() => expect(seen.toSorted()).toEqual(['a', 'd', 'e']));
      await aWhile();
      expect(await bench.queue.counts()).toMatchObject({ running: 1, ready: 2, oldestReadyMs: 0 });
      open();
      await settled(bench.queue);
      expect(seen.slice(-2)).toEqual(['b', 'c']);
    });

    it('shares its slots with the background where that has none', async () => {
      const seen: string[] = [];
      await enqueueAll(bench.queue, delivery('a', 'octo/widgets@learning'), delivery('b'));
      await bench.queue.consume(async ({ id }) => void seen.push(id), { concurrency: 1 });
      await settled(bench.queue);
      expect(seen).toEqual(['a', 'b']);
    });

    it('starts at once and goes on at once, without waiting for a poll', async () => {
      const { queue } = await bench.another({ ...QUICK, pollMs: 600_000 });
      const seen: string[] = [];
      await queue.consume(async ({ id }) => void seen.push(id), { concurrency: 1 });
      await enqueueAll(queue, ...['a', 'b', 'c', 'd'].map((id) => delivery(id)));
      await settled(queue);
      expect(seen).toEqual(['a', 'b', 'c', 'd']);
    });

    it('finds what another process enqueued', async () => {
      const { queue } = await bench.another();
      const seen: string[] = [];
      await queue.consume(async ({ id }) => void seen.push(id), { concurrency: 1 });
      await bench.queue.enqueue(delivery('a'));
      await eventually(() => expect(seen).toEqual(['a']));
    });

    it('stops claiming at once and waits for what runs', async () => {
      const { open, passed } = gate();
      const seen: string[] = [];
      const consumer = await bench.queue.consume(
        async ({ id }) => {
          seen.push(`start ${id}`);
          await passed;
          seen.push(`end ${id}`);
        },
        { concurrency: 1 },
      );
      await enqueueAll(bench.queue, delivery('a'), delivery('b'), delivery('c', 'other'));
      await eventually(() => expect(seen).toEqual(['start a']));
      let stopped = false;
      const stopping = consumer.stop().then(() => {
        stopped = true;
      });
      await aWhile();
      expect(stopped).toBe(false);
      open();
      await stopping;
      expect(seen).toEqual(['start a', 'end a']);
      expect(await bench.queue.counts()).toMatchObject({ ready: 2, running: 0 });
    });
  });
}

import { describe, expect, it } from 'vitest';
import type { ClaimedDelivery, ConsumeOptions } from '../../src/queue/queue.js';
import { MAX_ATTEMPTS } from '../../src/queue/retry-policy.js';
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

type Failure = Parameters<NonNullable<ConsumeOptions['onFailure']>>[0];

const SLOW = { ...QUICK, backoff: { baseMs: 600_000, factor: 1, capMs: 600_000 } };

/** What every adapter promises of failures and of an operator's hand. */
export function failureContract(adapter: Adapter): void {
  const bench = useBench(adapter);

  describe('failing', () => {
    it('tries again, and holds the key back meanwhile', async () => {
      const seen: string[] = [];
      const failures: Failure[] = [];
      await enqueueAll(bench.queue, delivery('a'), delivery('b'), delivery('c', 'other'));
      await bench.queue.consume(
        async ({ id, attempt }) => {
          seen.push(`${id}${attempt}`);
          if (id === 'a' && attempt < 4) throw new Error(`attempt ${attempt}`);
        },
        { concurrency: 4, onFailure: (failure) => failures.push(failure) },
      );
      await settled(bench.queue);
      expect(seen.filter((each) => !each.startsWith('c'))).toEqual(['a1', 'a2', 'a3', 'a4', 'b1']);
      expect(seen).toContain('c1');
      expect(failures.map(({ delivery: { id, attempt } }) => `${id}${attempt}`)).toEqual([
        'a1',
        'a2',
        'a3',
      ]);
      expect(failures.every(({ retryAt }) => retryAt !== null)).toBe(true);
    });

    it('puts what arrives during the wait behind it', async () => {
      const { queue } = await bench.another(SLOW);
      const seen: string[] = [];
      let healthy = false;
      await queue.enqueue(delivery('a'));
      await queue.consume(
        async ({ id }) => {
          seen.push(id);
          if (!healthy && id === 'a') throw new Error('no');
        },
        { concurrency: 2 },
      );
      await eventually(async () => expect((await queue.counts()).delayed).toBe(1));
      await enqueueAll(queue, delivery('b'), delivery('c', 'other'));
      await eventually(() => expect(seen).toEqual(['a', 'c']));
      await aWhile();
      expect(seen).toEqual(['a', 'c']);
      const listed = await queue.list({ state: 'delayed', limit: 10 });
      expect(listed.map(({ id }) => id)).toEqual(['a', 'b']);
      healthy = true;
      await queue.retry('a');
      await settled(queue);
      expect(seen).toEqual(['a', 'c', 'a', 'b']);
    });

    it('waits until a rate limit is over, without counting the attempt', async () => {
      const retryAt = new Date(Date.now() + 700);
      const seen: ClaimedDelivery[] = [];
      const times: number[] = [];
      await bench.queue.enqueue(delivery('a'));
      await bench.queue.consume(
        async (each) => {
          seen.push(each);
          times.push(Date.now());
          if (seen.length === 1) throw Object.assign(new Error('rate limit'), { retryAt });
        },
        { concurrency: 1 },
      );
      await eventually(() => expect(seen).toHaveLength(2));
      expect(times[1]).toBeGreaterThanOrEqual(retryAt.getTime() - 50);
      expect(seen.map(({ attempt }) => attempt)).toEqual([1, 1]);
    });

    it('gives up at once on a permanent error', async () => {
      const failures: Failure[] = [];
      await bench.queue.enqueue(delivery('a'));
      await bench.queue.consume(
        async () => {
          throw Object.assign(new Error('the repository is gone'), { permanent: true });
        },
        { concurrency: 1, onFailure: (failure) => failures.push(failure) },
      );
      await settled(bench.queue);
      await eventually(() => expect(failures).toHaveLength(1));
      expect(failures[0]?.retryAt).toBeNull();
      expect(await bench.queue.list({ state: 'dead', limit: 10 })).toMatchObject([
        { id: 'a', attempts: 1, error: 'the repository is gone' },
      ]);
    });

    it('is dead after the last attempt, with its error, and lets its key go on', async () => {
      const seen: string[] = [];
      await enqueueAll(bench.queue, delivery('a'), delivery('b'));
      await bench.queue.consume(
        async ({ id, attempt }) => {
          seen.push(`${id}${attempt}`);
          if (id === 'a') throw new Error(`attempt ${attempt}\0 failed`);
        },
        { concurrency: 2 },
      );
      await settled(bench.queue);
      const attempts = Array.from({ length: MAX_ATTEMPTS }, (_, n) => `a${n + 1}`);
      expect(seen).toEqual([...attempts, 'b1']);
      expect(await bench.queue.list({ limit: 10 })).toMatchObject([
        { id: 'a', state: 'dead', attempts: MAX_ATTEMPTS, error: 'attempt 8  failed' },
      ]);
    });
  });

  describe('an operator', () => {
    it('sees what is left, oldest first, and how much of it', async () => {
      const { open, passed } = gate();
      const { queue } = await bench.another(SLOW);
      await enqueueAll(queue, delivery('dead', 'k1'), delivery('delayed', 'k2'));
      await enqueueAll(queue, delivery('running', 'k3'), delivery('ready', 'k3'));
      await queue.consume(
        async ({ id }) => {
          if (id === 'dead') throw Object.assign(new Error('no'), { permanent: true });
          if (id === 'delayed') throw new Error('later');
          await passed;
        },
        { concurrency: 4 },
      );
      await eventually(async () =>
        expect(await queue.counts()).toEqual({
          dead: 1,
          delayed: 1,
          running: 1,
          ready: 1,
          // What is behind a running delivery of its key could not run now.
          oldestReadyMs: 0,
        }),
      );
      const listed = await queue.list({ limit: 10 });
      expect(listed.map(({ id, state }) => [id, state])).toEqual([
        ['dead', 'dead'],
        ['delayed', 'delayed'],
        ['running', 'running'],
        ['ready', 'ready'],
      ]);
      expect(listed[1]?.error).toBe('later');
      expect(listed[1]?.runAt.getTime()).toBeGreaterThan(Date.now());
      expect(await queue.list({ limit: 2 })).toHaveLength(2);
      open();
    });

    it('sees how long the oldest has been waiting', async () => {
      await bench.queue.enqueue(delivery('a'));
      await aWhile();
      const { oldestReadyMs } = await bench.queue.counts();
      expect(oldestReadyMs).toBeGreaterThan(50);
      expect(oldestReadyMs).toBeLessThan(60_000);
    });

    it('revives a dead delivery with a fresh count', async () => {
      let healthy = false;
      const attempts: number[] = [];
      await bench.queue.enqueue(delivery('a'));
      await bench.queue.consume(
        async ({ attempt }) => {
          attempts.push(attempt);
          if (!healthy) throw Object.assign(new Error('no'), { permanent: true });
        },
        { concurrency: 1 },
      );
      await eventually(async () => expect((await bench.queue.counts()).dead).toBe(1));
      healthy = true;
      expect(await bench.queue.retry('a')).toBe(true);
      await eventually(async () => expect(await bench.queue.list({ limit: 1 })).toEqual([]));
      expect(attempts).toEqual([1, 1]);
      expect(await bench.queue.retry('a')).toBe(false);
    });

    it('lets a delayed delivery run now, and those before it', async () => {
      let healthy = false;
      const seen: string[] = [];
      const { queue } = await bench.another(SLOW);
      await enqueueAll(queue, delivery('a'), delivery('b'), delivery('c'));
      await queue.consume(
        async ({ id }) => {
          if (!healthy) throw new Error('no');
          seen.push(id);
        },
        { concurrency: 2 },
      );
      await eventually(async () => expect((await queue.counts()).delayed).toBe(3));
      healthy = true;
      expect(await queue.retry('b')).toBe(true);
      await settled(queue);
      expect(seen).toEqual(['a', 'b', 'c']);
    });

    it('drops a delayed delivery, which frees its key, and its id stays known', async () => {
      const seen: string[] = [];
      const { queue } = await bench.another(SLOW);
      await enqueueAll(queue, delivery('a'), delivery('b'));
      await queue.consume(
        async ({ id }) => {
          if (id === 'a') throw new Error('no');
          seen.push(id);
        },
        { concurrency: 1 },
      );
      await eventually(async () => expect((await queue.counts()).delayed).toBe(2));
      expect(await queue.drop('a')).toBe(true);
      await settled(queue);
      expect(seen).toEqual(['b']);
      expect(await queue.enqueue(delivery('a'))).toBe('duplicate');
      expect(await bench.store.deliveries.find('a')).toMatchObject({ outcome: 'dropped' });
      expect(await queue.drop('a')).toBe(false);
      expect(await queue.drop('unknown')).toBe(false);
      expect(await queue.retry('unknown')).toBe(false);
    });

    it('cannot drop or retry what is running', async () => {
      const { open, passed } = gate();
      await bench.queue.enqueue(delivery('a'));
      await bench.queue.consume(() => passed, { concurrency: 1 });
      await eventually(async () => expect((await bench.queue.counts()).running).toBe(1));
      expect(await bench.queue.drop('a')).toBe(false);
      expect(await bench.queue.retry('a')).toBe(false);
      open();
      await settled(bench.queue);
    });
  });
}

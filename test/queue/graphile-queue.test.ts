import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithPostgres } from '../support/postgres.js';
import { postgresAdapter } from './adapters.js';
import { delivery, enqueueAll, eventually, QUICK, settled, useBench } from './contract.js';

/** What only PostgreSQL can go through. */
describeWithPostgres('the PostgreSQL queue', () => {
  const adapter = postgresAdapter();
  beforeAll(adapter.start);
  afterAll(adapter.remove);
  const bench = useBench(adapter);

  it('gets over lost connections, handling nothing twice', async () => {
    let ended = 0;
    const { queue } = await bench.another({ ...QUICK, leaseMs: 3000 });
    const ids = Array.from({ length: 30 }, (_, n) => `d${n}`);
    await enqueueAll(bench.queue, ...ids.map((id, n) => delivery(id, `k${n % 5}`)));
    const handled: string[] = [];
    await queue.consume(
      async ({ id }) => {
        handled.push(id);
        await sleep(40);
      },
      { concurrency: 3 },
    );
    for (let round = 0; round < 3; round++) {
      await sleep(60);
      const { rows } = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(bench.store.db);
      ended += rows.length;
    }
    await settled(queue);
    expect(new Set(handled)).toEqual(new Set(ids));
    // A delivery that was claimed, but whose claim the lost connection kept from us, is claimed
    // again; one that was handled is not.
    expect(handled).toHaveLength(ids.length);
    // Whether a query was under way at that moment is chance; that connections were lost is not.
    expect(ended).toBeGreaterThan(0);
  });

  it('stores a burst of deliveries that comes while it clears up', async () => {
    const { store } = await bench.another();
    let burst: Promise<unknown> = Promise.resolve();
    await store.db.transaction().execute(async (transaction) => {
      // As a delivery holds it that is just being stored: clearing up waits for it to be free.
      await sql`select pg_advisory_xact_lock_shared(729415001)`.execute(transaction);
      await bench.queue.consume(async () => undefined, { concurrency: 2 });
      await eventually(async () => {
        const { rows } = await sql`
          select 1 from pg_locks where locktype = 'advisory' and not granted`.execute(transaction);
        expect(rows).toHaveLength(1);
      });
      burst = Promise.all(
        Array.from({ length: 40 }, (_, n) => bench.queue.enqueue(delivery(`d${n}`, `k${n}`))),
      );
      await sleep(200);
    });
    expect(await burst).toHaveLength(40);
  });

  it('clears the names of queues that have no job left', async () => {
    await enqueueAll(bench.queue, delivery('a', 'k1'), delivery('b', 'k2'));
    const consumer = await bench.queue.consume(async () => undefined, { concurrency: 1 });
    await settled(bench.queue);
    await consumer.stop();
    await bench.queue.enqueue(delivery('c', 'k3'));
    await (await bench.another()).queue.consume(() => sleep(500), { concurrency: 1 });
    const names = sql<{ name: string }>`
      select queue_name as name from graphile_worker._private_job_queues`;
    await eventually(async () => {
      const { rows } = await names.execute(bench.store.db);
      expect(rows.map(({ name }) => name)).toEqual(['k3']);
    });
  });
});

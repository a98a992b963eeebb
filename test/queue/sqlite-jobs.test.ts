import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { claimJob } from '../../src/queue/sqlite-jobs.js';
import { openStore } from '../../src/store/open-store.js';

it('finds that nothing waits in the background without looking through all that waits', async () => {
  const { db, close } = await openStore('sqlite::memory:');
  const all = sql`with recursive issues (number) as (
    select 1 union all select number + 1 from issues where number < 30000)`;
  await sql`insert into deliveries (id, event, key, payload, received_at) ${all}
    select 'd' || number, 'issues.opened', 'octo/widgets#' || number, '{}', 0 from issues`.execute(
    db,
  );
  await sql`insert into jobs (delivery_id, key, state, attempts, run_at)
    select id, key, 'waiting', 0, 0 from deliveries`.execute(db);
  const times: number[] = [];
  for (let look = 0; look < 10; look += 1) {
    const start = performance.now();
    expect(await claimJob(db, 't', 1, { leaseMs: 1000, lane: 'background' })).toBeNull();
    times.push(performance.now() - start);
  }
  expect(Math.min(...times)).toBeLessThan(2);
  await close();
});

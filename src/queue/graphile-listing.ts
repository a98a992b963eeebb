import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/schema.js';
import { IS_OURS, STATE, TASKS } from './graphile-jobs.js';
import type { DeliveryState, QueueCounts, QueuedDelivery } from './queue.js';
import { MAX_LISTED } from './queue-options.js';

type Db = Kysely<Database>;

/** As `Queue.list`, without touching the bodies. */
export async function listJobs(
  db: Db,
  filter: { readonly state?: DeliveryState; readonly limit: number },
): Promise<QueuedDelivery[]> {
  const limit = Math.min(Math.max(1, Math.trunc(filter.limit)), MAX_LISTED);
  const only = filter.state === undefined ? sql`true` : sql`${STATE} = ${filter.state}`;
  const { rows } = await sql<Omit<QueuedDelivery, 'receivedAt'> & { received: number }>`
    select deliveries.id, deliveries.event, deliveries.key, ${STATE} as state, jobs.attempts,
      deliveries.received_at as received, jobs.run_at as "runAt", jobs.last_error as error
    from graphile_worker.jobs as jobs join deliveries on deliveries.id = jobs.key
    where ${IS_OURS} and ${only}
    order by deliveries.received_at, jobs.run_at, jobs.id limit ${limit}`.execute(db);
  return rows.map(({ received, ...row }) => ({ ...row, receivedAt: new Date(received) }));
}

/** As `Queue.counts`. */
export async function countJobs(db: Db): Promise<QueueCounts> {
  const { rows } = await sql<{ state: DeliveryState; count: number; oldest: number }>`
    with jobs as materialized (
      select *, ${STATE} as state from graphile_worker.jobs as jobs
      where ${IS_OURS}
    )
    select state, count(*) as count,
      coalesce(extract(epoch from clock_timestamp() - min(run_at) filter (where
        task_identifier = ${TASKS.foreground} and queue_name not in (select queue_name from jobs where state = 'running'))), 0)::float8
        as oldest
    from jobs group by state`.execute(db);
  const counts = { ready: 0, delayed: 0, running: 0, dead: 0 };
  for (const row of rows) counts[row.state] = row.count;
  const oldest = rows.find((row) => row.state === 'ready')?.oldest ?? 0;
  return { ...counts, oldestReadyMs: Math.max(0, oldest * 1000) };
}

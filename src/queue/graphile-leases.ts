import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/schema.js';
import { exclusively, IS_OURS, pushBehind } from './graphile-jobs.js';
import { isOwnerGone } from './process-identity.js';
import { INTERRUPTED } from './queue-options.js';

/**
 * graphile-worker keeps the jobs of a crashed process locked for four hours. Here every worker pool
 * leaves a heartbeat, and those whose heart stopped lose their locks.
 */

type Db = Kysely<Database>;

/** Notes that a pool lives; an entry that was removed meanwhile is made anew. */
export async function beat(db: Db, pool: string, owner: string): Promise<void> {
  await sql`
    insert into queue_workers (id, owner, beat_at) values (${pool}, ${owner}, clock_timestamp())
    on conflict (id) do update set beat_at = excluded.beat_at`.execute(db);
}

/** Forgets a pool that stopped in good order. */
export async function leave(db: Db, pool: string): Promise<void> {
  await sql`delete from queue_workers where id = ${pool}`.execute(db);
}

/**
 * Frees what a living pool has claimed, but doesn't handle: a connection can break between the
 * claim and its arrival.
 *
 * @param handled ids of the jobs that it handles
 * @param leaseMs milliseconds; younger claims may still be on their way
 */
export async function releaseOthers(
  db: Db,
  pool: string,
  handled: ReadonlySet<string>,
  leaseMs: number,
): Promise<void> {
  const { rows } = await sql<{ id: string; exhausted: boolean }>`
    with released as (
      update graphile_worker._private_jobs set locked_by = null, locked_at = null
      where locked_by = ${pool} and id <> all(${[...handled]}::bigint[])
        and locked_at < clock_timestamp() - ${leaseMs} * interval '1 millisecond'
      returning id, job_queue_id, attempts >= max_attempts as exhausted
    ), unlocked as (
      update graphile_worker._private_job_queues as queues
      set locked_by = null, locked_at = null
      from released
      where queues.id = released.job_queue_id and queues.locked_by = ${pool}
    )
    select id::text as id, exhausted from released`.execute(db);
  const exhausted = rows.filter((row) => row.exhausted).map((row) => row.id);
  if (exhausted.length > 0) await bury(db, exhausted);
}

async function bury(db: Db, jobs: string[]): Promise<void> {
  await sql`select graphile_worker.permanently_fail_jobs(
    ${jobs}::bigint[], ${INTERRUPTED})`.execute(db);
}

/**
 * Frees the jobs of pools that have been silent for a lease or whose process is known to be gone.
 * A job that was interrupted in its last attempt is dead: it may well be what stops the process.
 *
 * @param leaseMs milliseconds
 * @param waitMs how long one waits that was interrupted in its nth attempt
 * @returns how many pools were found dead
 */
export async function reclaim(
  db: Db,
  leaseMs: number,
  waitMs: (attempt: number) => number,
): Promise<number> {
  if ((await deadPools(db, leaseMs)).length === 0) return 0;
  return exclusively(db, async (transaction) => {
    const dead = await deadPools(transaction, leaseMs);
    const pools = sql`${dead}::text[]`;
    const { rows } = await sql<InterruptedJob>`
      select jobs.id::text as id, jobs.attempts, deliveries.key,
        jobs.attempts >= jobs.max_attempts as exhausted
      from graphile_worker.jobs as jobs join deliveries on deliveries.id = jobs.key
      where ${IS_OURS} and locked_by = any(${pools})`.execute(transaction);
    await sql`select graphile_worker.force_unlock_workers(${pools})`.execute(transaction);
    const exhausted = rows.filter((job) => job.exhausted).map(({ id }) => id);
    await bury(transaction, exhausted);
    for (const job of rows.filter(({ exhausted }) => !exhausted)) {
      const wait = waitMs(job.attempts);
      if (wait > 0) await postpone(transaction, job, wait);
    }
    await sql`delete from queue_workers where id = any(${pools})`.execute(transaction);
    return dead.length;
  });
}

interface InterruptedJob {
  readonly id: string;
  readonly key: string;
  /** Counted attempts, the interrupted one included. */
  readonly attempts: number;
  readonly exhausted: boolean;
}

/** Puts a job off that nobody holds, and what waits behind it; the count of its attempts stays. */
async function postpone(
  transaction: Db,
  { id, key, attempts }: InterruptedJob,
  delayMs: number,
): Promise<void> {
  // The way to write an error; the count it overwrites is put right by the next statement.
  await bury(transaction, [id]);
  await sql`select graphile_worker.reschedule_jobs(array[${id}::bigint],
    run_at := clock_timestamp() + ${delayMs} * interval '1 millisecond',
    attempts := ${attempts}::int)`.execute(transaction);
  await pushBehind(transaction, key, id);
}

async function deadPools(db: Db, leaseMs: number): Promise<string[]> {
  const silent = sql`clock_timestamp() - ${leaseMs} * interval '1 millisecond'`;
  // The second half finds pools that stopped before their first heartbeat was written.
  const { rows } = await sql<{ id: string; owner: string | null; silent: boolean }>`
    select id, owner, beat_at < ${silent} as silent from queue_workers
    union all
    select distinct locked_by, null, true from graphile_worker.jobs
    where ${IS_OURS} and locked_at < ${silent}
      and locked_by not in (select id from queue_workers)`.execute(db);
  return rows
    .filter((row) => row.silent || (row.owner !== null && isOwnerGone(row.owner)))
    .map((row) => row.id);
}

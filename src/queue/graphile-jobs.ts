import { createHash } from 'node:crypto';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../store/schema.js';
import { type Lane, laneOf } from './lane.js';
import type { DeliveryState, NewDelivery } from './queue.js';
import { MAX_ATTEMPTS } from './retry-policy.js';

/**
 * The statements of the PostgreSQL queue, one function each. A delivery's job has the delivery's id
 * as its graphile-worker key, and the delivery's key as its named queue. graphile-worker takes the
 * job with the lowest `run_at`, so the order within a key is kept by `run_at` strictly growing.
 * All times are the server's.
 */

type Db = Kysely<Database>;

/** graphile-worker's names for our jobs, by lane. */
export const TASKS: Readonly<Record<Lane, string>> = {
  foreground: 'sentinel_delivery',
  background: 'sentinel_background',
};
/** Whether a row of `graphile_worker.jobs` is one of ours. */
export const IS_OURS = sql`task_identifier in (${TASKS.foreground}, ${TASKS.background})`;
/** graphile-worker's own limit for the name of a queue. */
const MAX_QUEUE_NAME = 128;
/** Advisory locks: everyday work shares the first, maintenance has it alone; see `lockKey`. */
const MAINTENANCE_LOCK = sql.lit(729_415_001);
const KEY_LOCKS = sql.lit(729_415_002);

/** The state of a row of `graphile_worker.jobs as jobs`. */
export const STATE = sql<DeliveryState>`case
  when jobs.locked_at is not null then 'running'
  when jobs.attempts >= jobs.max_attempts then 'dead'
  when jobs.run_at > clock_timestamp() then 'delayed'
  else 'ready' end`;

/** Runs a transaction that nothing else of the queue runs beside: freeing leases, clearing up. */
export async function exclusively<T>(db: Db, action: (transaction: Db) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${MAINTENANCE_LOCK})`.execute(transaction);
    return action(transaction);
  });
}

/**
 * Holds a key until the end of the transaction, so that its jobs are ordered by one at a time;
 * other keys are free. Keys that share a hash merely wait for each other.
 */
async function lockKey(transaction: Db, key: string): Promise<void> {
  await sql`
    select pg_advisory_xact_lock_shared(${MAINTENANCE_LOCK}),
           pg_advisory_xact_lock(${KEY_LOCKS}, hashtext(${key}))`.execute(transaction);
}

/** Stores a delivery and its job in one transaction; false, changing nothing, for a known id. */
export async function insertJob(db: Db, delivery: NewDelivery): Promise<boolean> {
  const { id, event, key, payload } = delivery;
  return db.transaction().execute(async (transaction) => {
    const inserted = await transaction
      .insertInto('deliveries')
      .values({
        id,
        event,
        key,
        payload,
        received_at: Date.now(),
        finished_at: null,
        outcome: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) return false;
    await lockKey(transaction, key);
    // Behind the last of its key, even if that one waits for a retry.
    const runAt = sql`greatest(clock_timestamp(), (
      select max(run_at) + interval '1 microsecond' from ${unfinishedOf(key)}
      where locked_at is not null or attempts < max_attempts))`;
    await addJob(transaction, id, key, runAt);
    return true;
  });
}

/**
 * Deletes the names of queues that have no job left: graphile-worker's own clearing up
 * (`dist/cleanup.js`, `GC_JOB_QUEUES`), moved into our transaction. Its own takes a second connection,
 * for which it would wait in vain where deliveries that wait for this transaction hold all others.
 */
export async function clearQueueNames(transaction: Db): Promise<void> {
  await sql`
    delete from graphile_worker._private_job_queues
    where locked_at is null and id not in (
      select job_queue_id from graphile_worker._private_jobs
      where job_queue_id is not null)`.execute(transaction);
}

export interface ClaimedJob {
  readonly jobId: string;
  /** The id of the worker pool that holds the lease. */
  readonly pool: string;
  readonly deliveryId: string;
  readonly key: string;
  /** Counted attempts, this one included. */
  readonly attempt: number;
}

/** Removes the job and empties the delivery's body; false if the lease was lost meanwhile. */
export async function completeJob(db: Db, job: ClaimedJob): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    await lockKey(transaction, job.key);
    if (!(await releaseJob(transaction, job))) return false;
    await finishDelivery(transaction, job.deliveryId, 'completed');
    return true;
  });
}

export interface Failure {
  /** Milliseconds until it is tried again; null makes it dead. */
  readonly delayMs: number | null;
  readonly counted: boolean;
  readonly error: string;
}

/** Records a failed attempt; false if the lease was lost meanwhile. */
export async function failJob(db: Db, job: ClaimedJob, failure: Failure): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    await lockKey(transaction, job.key);
    if (!(await releaseJob(transaction, job))) return false;
    const delay = sql`clock_timestamp() + ${failure.delayMs ?? 0} * interval '1 millisecond'`;
    const id = await addJob(transaction, job.deliveryId, job.key, delay);
    await sql`select graphile_worker.permanently_fail_jobs(
      array[${id}::bigint], ${failure.error}::text)`.execute(transaction);
    const attempts = failure.counted ? job.attempt : job.attempt - 1;
    // Dead is whatever has as many attempts as it may have; the count itself stays true.
    const most = failure.delayMs === null ? attempts : MAX_ATTEMPTS;
    await sql`select graphile_worker.reschedule_jobs(array[${id}::bigint],
      attempts := ${attempts}::int, max_attempts := ${most}::int)`.execute(transaction);
    if (failure.delayMs !== null) await pushBehind(transaction, job.key, id);
    return true;
  });
}

/**
 * Deletes a job that its pool still holds and unlocks its queue: graphile-worker's own completion
 * (`dist/sql/completeJobs.js`), made conditional on the lease and moved into our transaction, so
 * that a delivery and its job can't disagree. Its own is left out, see `poolForGraphile`.
 */
async function releaseJob(transaction: Db, { jobId, pool }: ClaimedJob): Promise<boolean> {
  const { rows } = await sql`
    with released as (
      delete from graphile_worker._private_jobs
      where id = ${jobId}::bigint and locked_by = ${pool}
      returning id, job_queue_id
    ), unlocked as (
      update graphile_worker._private_job_queues as queues
      set locked_by = null, locked_at = null
      from released
      where queues.id = released.job_queue_id and queues.locked_by = ${pool}
    )
    select id from released`.execute(transaction);
  return rows.length > 0;
}

/** Moves the key's other waiting jobs behind the given one, keeping their order. */
export async function pushBehind(transaction: Db, key: string, id: string): Promise<void> {
  await sql`
    select graphile_worker.reschedule_jobs(array[id], run_at := greatest(run_at,
      (select run_at from graphile_worker.jobs as head where head.id = ${id}::bigint)
        + position * interval '1 microsecond'))
    from (${waitingOf(key)}) as waiting where id <> ${id}::bigint`.execute(transaction);
}

/** Makes all waiting jobs of a key due now, keeping their order. */
async function pullForward(transaction: Db, key: string): Promise<void> {
  await sql`
    select graphile_worker.reschedule_jobs(array[id], run_at := least(run_at,
      clock_timestamp() - (total - position) * interval '1 microsecond'))
    from (${waitingOf(key)}) as waiting`.execute(transaction);
}

/** As `Queue.retry`: older deliveries of its key that are delayed become ready with it. */
export async function retryJob(db: Db, id: string): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const job = await findJob(transaction, id);
    if (job === null || (job.state !== 'dead' && job.state !== 'delayed')) return false;
    if (job.state === 'delayed') await pullForward(transaction, job.key);
    const due =
      job.state === 'delayed'
        ? sql`(select run_at from graphile_worker.jobs where key = ${id})`
        : // A dead delivery is older than what waits, and goes first.
          sql`least(clock_timestamp(), (
            select min(run_at) - interval '1 microsecond' from (${waitingOf(job.key)}) as waiting))`;
    const { rows } = await sql<{ due: string }>`select ${due}::text as due`.execute(transaction);
    // Only adding it anew clears the error and the count.
    if (!(await removeJob(transaction, job.id))) return false;
    await addJob(transaction, id, job.key, sql`${rows[0]?.due ?? null}::timestamptz`);
    return true;
  });
}

/** As `Queue.drop`. */
export async function dropJob(db: Db, id: string): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const job = await findJob(transaction, id);
    if (job === null || !(await removeJob(transaction, job.id))) return false;
    await finishDelivery(transaction, id, 'dropped');
    // If it was the one that held its key back, nothing does now.
    if (job.state === 'delayed' && job.isFirst) await pullForward(transaction, job.key);
    return true;
  });
}

interface FoundJob {
  readonly id: string;
  readonly key: string;
  readonly state: DeliveryState;
  /** Nothing of its key waits before it. */
  readonly isFirst: boolean;
}

/** Finds a delivery's job and locks its key. */
async function findJob(transaction: Db, deliveryId: string): Promise<FoundJob | null> {
  const delivery = await transaction
    .selectFrom('deliveries')
    .select('key')
    .where('id', '=', deliveryId)
    .where('finished_at', 'is', null)
    .executeTakeFirst();
  if (delivery === undefined) return null;
  await lockKey(transaction, delivery.key);
  const { rows } = await sql<{ id: string; state: DeliveryState; isFirst: boolean }>`
    select id::text as id, ${STATE} as state,
      not exists (
        select 1 from (${waitingOf(delivery.key)}) as other
        where other.run_at < jobs.run_at) as "isFirst"
    from graphile_worker.jobs as jobs where key = ${deliveryId}`.execute(transaction);
  const row = rows[0];
  return row === undefined ? null : { ...row, key: delivery.key };
}

/** False if the job is running. */
async function removeJob(transaction: Db, jobId: string): Promise<boolean> {
  const { rows } = await sql`
    select id from graphile_worker.complete_jobs(array[${jobId}::bigint])`.execute(transaction);
  return rows.length > 0;
}

async function addJob(
  transaction: Db,
  deliveryId: string,
  key: string,
  runAt: RawBuilder<unknown>,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id::text as id from graphile_worker.add_job(
      ${TASKS[laneOf(key)]}::text,
      payload := json_build_object('id', ${deliveryId}::text),
      queue_name := ${queueName(key)}::text,
      run_at := ${runAt},
      max_attempts := ${MAX_ATTEMPTS}::int,
      job_key := ${deliveryId}::text)`.execute(transaction);
  return rows[0]?.id ?? '';
}

async function finishDelivery(
  transaction: Db,
  id: string,
  outcome: 'completed' | 'dropped',
): Promise<void> {
  await transaction
    .updateTable('deliveries')
    .set({ finished_at: Date.now(), outcome, payload: '' })
    .where('id', '=', id)
    .execute();
}

/** The jobs of a key in any state. */
function unfinishedOf(key: string): RawBuilder<unknown> {
  return sql`(select jobs.* from deliveries
    join graphile_worker.jobs as jobs on jobs.key = deliveries.id
    where deliveries.key = ${key} and deliveries.finished_at is null) as unfinished`;
}

/** The jobs of a key that are neither running nor dead, with their place from 1 in the order. */
function waitingOf(key: string): RawBuilder<unknown> {
  return sql`select id, run_at,
      row_number() over (order by run_at, id) as position, count(*) over () as total
    from ${unfinishedOf(key)} where locked_at is null and attempts < max_attempts`;
}

/** A key can be longer than a queue's name may be: `owner/name#number` reaches 150. */
function queueName(key: string): string {
  if (key.length <= MAX_QUEUE_NAME) return key;
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

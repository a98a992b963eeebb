import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../store/schema.js';
import { isInLane, type Lane } from './lane.js';
import type { DeliveryState, NewDelivery, QueueCounts, QueuedDelivery } from './queue.js';
import { INTERRUPTED, MAX_LISTED } from './queue-options.js';
import { MAX_ATTEMPTS } from './retry-policy.js';

/** The statements of the SQLite queue, one function each. Times are milliseconds since the epoch. */

export interface Claim {
  readonly seq: number;
  readonly deliveryId: string;
  readonly key: string;
  readonly attempt: number;
  /** Unique per claim: whoever lost the lease can't complete the claim that came after it. */
  readonly token: string;
}

type Db = Kysely<Database>;

/** Stores deliveries and their jobs in one transaction; false, changing nothing, for known ids. */
export async function insertJobs(
  db: Db,
  deliveries: readonly NewDelivery[],
  now: number,
): Promise<boolean[]> {
  return db.transaction().execute(async (transaction) => {
    const inserted: boolean[] = [];
    for (const delivery of deliveries) {
      inserted.push(await insertJob(transaction, delivery, now));
    }
    return inserted;
  });
}

async function insertJob(transaction: Db, delivery: NewDelivery, now: number): Promise<boolean> {
  const inserted = await transaction
    .insertInto('deliveries')
    .values({ ...deliveryColumns(delivery), received_at: now, finished_at: null, outcome: null })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 0n) return false;
  await sql`
    insert into jobs (delivery_id, key, state, attempts, run_at)
    values (${delivery.id}, ${delivery.key}, 'waiting', 0, ${now})`.execute(transaction);
  return true;
}

function deliveryColumns({ id, event, key, payload }: NewDelivery): NewDelivery {
  return { id, event, key, payload };
}

interface ClaimedRow {
  readonly seq: number;
  readonly delivery_id: string;
  readonly key: string;
  readonly attempts: number;
}

/**
 * Takes the oldest due job whose key has nothing running and nothing older waiting, in one
 * statement. An older job that waits for its retry therefore holds its key back; a dead one doesn't.
 *
 * @param lane which jobs to look at; all when undefined
 */
export async function claimJob(
  db: Db,
  token: string,
  now: number,
  { leaseMs, lane }: { readonly leaseMs: number; readonly lane: Lane | undefined },
): Promise<Claim | null> {
  const { rows } = await sql<ClaimedRow>`
    update jobs
    set state = 'running', attempts = attempts + 1,
        lease_owner = ${token}, lease_until = ${now + leaseMs}
    where seq = (
      select seq from jobs as candidate
      where state = 'waiting' and run_at <= ${now} and ${isInLane(lane)}
        and not exists (
          select 1 from jobs as other
          where other.key = candidate.key and other.state = 'running')
        and not exists (
          select 1 from jobs as other
          where other.key = candidate.key and other.state = 'waiting'
            and other.seq < candidate.seq)
      order by seq limit 1)
    returning seq, delivery_id, key, attempts`.execute(db);
  const row = rows[0];
  if (row === undefined) return null;
  const { seq, delivery_id, key, attempts } = row;
  return { seq, deliveryId: delivery_id, key, attempt: attempts, token };
}

/** Renews the leases of the claims that are still held. */
export async function renewLeases(db: Db, tokens: string[], until: number): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ lease_until: until })
    .where('state', '=', 'running')
    .where('lease_owner', 'in', tokens)
    .execute();
}

/** Removes the job and empties the delivery's body; false if the claim was lost meanwhile. */
export async function completeJob(db: Db, claim: Claim, now: number): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom('jobs')
      .where('seq', '=', claim.seq)
      .where('state', '=', 'running')
      .where('lease_owner', '=', claim.token)
      .executeTakeFirst();
    if (numDeletedRows === 0n) return false;
    await finishDelivery(transaction, claim.deliveryId, 'completed', now);
    return true;
  });
}

export interface Failure {
  /** When to try again; null makes it dead. */
  readonly runAt: number | null;
  readonly counted: boolean;
  readonly error: string;
}

/** Records a failed attempt; false if the claim was lost meanwhile. */
export async function failJob(db: Db, claim: Claim, failure: Failure): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('jobs')
    .set((eb) => ({
      state: failure.runAt === null ? 'dead' : 'waiting',
      ...(failure.runAt === null ? {} : { run_at: failure.runAt }),
      attempts: failure.counted ? eb.ref('attempts') : eb('attempts', '-', 1),
      error: failure.error,
      lease_owner: null,
      lease_until: null,
    }))
    .where('seq', '=', claim.seq)
    .where('state', '=', 'running')
    .where('lease_owner', '=', claim.token)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Frees the jobs whose lease ran out or whose owner is gone; how many. A job that was interrupted in
 * its last attempt is dead: it may well be what stops the process.
 *
 * @param waitMs how long one waits that was interrupted in its nth attempt
 */
export async function reclaimJobs(
  db: Db,
  now: number,
  isGone: (token: string) => boolean,
  waitMs: (attempt: number) => number,
): Promise<number> {
  const running = await db
    .selectFrom('jobs')
    .select(['seq', 'attempts', 'lease_owner', 'lease_until'])
    .where('state', '=', 'running')
    .execute();
  let freed = 0;
  for (const { seq, attempts, lease_owner, lease_until } of running) {
    const expired = (lease_until ?? 0) < now;
    if (!expired && !(lease_owner !== null && isGone(lease_owner))) continue;
    const wait = waitMs(attempts);
    const { numUpdatedRows } = await db
      .updateTable('jobs')
      .set({
        state: attempts >= MAX_ATTEMPTS ? 'dead' : 'waiting',
        ...(wait > 0 ? { run_at: Math.ceil(now + wait), error: INTERRUPTED } : {}),
        lease_owner: null,
        lease_until: null,
      })
      .where('seq', '=', seq)
      .where('state', '=', 'running')
      .where('lease_owner', 'is', lease_owner)
      .where('lease_until', 'is', lease_until)
      .executeTakeFirst();
    freed += Number(numUpdatedRows);
  }
  return freed;
}

/** When the next delayed job is due; null when none is. */
export async function nextDue(db: Db, now: number): Promise<number | null> {
  const row = await db
    .selectFrom('jobs')
    .select((eb) => eb.fn.min('run_at').as('due'))
    .where('state', '=', 'waiting')
    .where('run_at', '>', now)
    .executeTakeFirst();
  return row?.due ?? null;
}

/** As `Queue.retry`: older deliveries of its key that are delayed become ready with it. */
export async function retryJob(db: Db, id: string, now: number): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const job = await transaction
      .selectFrom('jobs')
      .select(['seq', 'key', sql<DeliveryState>`${stateAt(now)}`.as('now')])
      .where('delivery_id', '=', id)
      .executeTakeFirst();
    if (job === undefined || (job.now !== 'dead' && job.now !== 'delayed')) return false;
    await transaction
      .updateTable('jobs')
      .set({ run_at: now })
      .where('key', '=', job.key)
      .where('state', '=', 'waiting')
      .where('seq', '<', job.seq)
      .where('run_at', '>', now)
      .execute();
    await transaction
      .updateTable('jobs')
      .set({ state: 'waiting', attempts: 0, run_at: now, error: null })
      .where('seq', '=', job.seq)
      .execute();
    return true;
  });
}

/** As `Queue.drop`. */
export async function dropJob(db: Db, id: string, now: number): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom('jobs')
      .where('delivery_id', '=', id)
      .where('state', '!=', 'running')
      .executeTakeFirst();
    if (numDeletedRows === 0n) return false;
    await finishDelivery(transaction, id, 'dropped', now);
    return true;
  });
}

async function finishDelivery(
  db: Db,
  id: string,
  outcome: 'completed' | 'dropped',
  now: number,
): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ finished_at: now, outcome, payload: '' })
    .where('id', '=', id)
    .execute();
}

/** As `Queue.list`, without touching the bodies. */
export async function listJobs(
  db: Db,
  filter: { readonly state?: DeliveryState; readonly limit: number },
  now: number,
): Promise<QueuedDelivery[]> {
  const limit = Math.min(Math.max(1, Math.trunc(filter.limit)), MAX_LISTED);
  let query = db
    .selectFrom('jobs')
    .innerJoin('deliveries', 'deliveries.id', 'jobs.delivery_id')
    .select(['deliveries.id', 'deliveries.event', 'jobs.key', 'jobs.attempts', 'jobs.error'])
    .select(['deliveries.received_at', 'jobs.run_at'])
    .select(sql<DeliveryState>`${stateAt(now)}`.as('state'))
    .orderBy('jobs.seq')
    .limit(limit);
  if (filter.state !== undefined) query = query.where(stateAt(now), '=', filter.state);
  const rows = await query.execute();
  return rows.map(({ received_at, run_at, ...row }) => ({
    ...row,
    receivedAt: new Date(received_at),
    runAt: new Date(run_at),
  }));
}

/** As `Queue.counts`. */
export async function countJobs(db: Db, now: number): Promise<QueueCounts> {
  const counts = { ready: 0, delayed: 0, running: 0, dead: 0 };
  const { rows } = await sql<{ state: DeliveryState; count: number }>`
    select ${stateAt(now)} as state, count(*) as count from jobs group by 1`.execute(db);
  for (const row of rows) counts[row.state] = row.count;
  const oldest = await sql<{ due: number | null }>`
    select min(run_at) as due from jobs
    where state = 'waiting' and run_at <= ${now} and ${stateAt(now)} = 'ready'
      and ${isInLane('foreground')}
      and not exists (
        select 1 from jobs as other where other.key = jobs.key and other.state = 'running')`.execute(
    db,
  );
  const due = oldest.rows[0]?.due ?? null;
  return { ...counts, oldestReadyMs: due === null ? 0 : Math.max(0, now - due) };
}

/**
 * A job's state as people see it. What waits behind a delayed job of its key is delayed too; only
 * the first waiting job of a key is ever delayed by itself, because only that one is tried.
 */
function stateAt(now: number): RawBuilder<DeliveryState> {
  return sql<DeliveryState>`case
    when jobs.state <> 'waiting' then jobs.state
    when max(jobs.run_at, (
      select head.run_at from jobs as head
      where head.key = jobs.key and head.state = 'waiting'
      order by head.seq limit 1)) > ${now} then 'delayed'
    else 'ready' end`;
}

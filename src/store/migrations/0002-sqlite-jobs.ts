import { type Kysely, type Migration, sql } from 'kysely';

/** The SQLite queue's rows; see `src/queue/sqlite-queue.ts`. */
export const sqliteJobs: Migration = {
  async up(db: Kysely<unknown>) {
    // AUTOINCREMENT, so that a number is never given out twice: it is the order within a key.
    await sql`
      create table jobs (
        seq integer primary key autoincrement,
        delivery_id text not null unique references deliveries (id),
        key text not null,
        state text not null check (state in ('waiting', 'running', 'dead')),
        attempts integer not null,
        run_at bigint not null,
        lease_until bigint,
        lease_owner text,
        error text
      )`.execute(db);
    await db.schema
      .createIndex('jobs_key')
      .on('jobs')
      .columns(['key', 'state', 'seq', 'run_at'])
      .execute();
    await db.schema
      .createIndex('jobs_state')
      .on('jobs')
      .columns(['state', 'seq', 'run_at'])
      .execute();
  },
};

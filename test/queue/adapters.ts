import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import type { Adapter } from './contract.js';

/** The embedded queue; the folder is removed with `remove`. */
export function sqliteAdapter(): Adapter & { remove(): Promise<void> } {
  const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-queue-'));
  let databases = 0;
  return {
    name: 'SQLite',
    freshDatabase: async () => `sqlite:${path.join(folder, `${++databases}.sqlite`)}`,
    async setAttempts({ db }, id, attempts) {
      await db.updateTable('jobs').set({ attempts }).where('delivery_id', '=', id).execute();
    },
    async stealLeases({ db }) {
      await db
        .updateTable('jobs')
        .set({ lease_owner: 'elsewhere 1 1 x', lease_until: Date.now() + 60_000 })
        .where('state', '=', 'running')
        .execute();
    },
    async expireLeases({ db }) {
      await db.updateTable('jobs').set({ lease_until: 1 }).execute();
    },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** graphile-worker on a server that `start` starts and `remove` stops. */
export function postgresAdapter(): Adapter & { start(): Promise<void>; remove(): Promise<void> } {
  let server: TestPostgres | undefined;
  return {
    name: 'PostgreSQL',
    async start() {
      server = await startPostgres();
    },
    async freshDatabase() {
      if (server === undefined) throw new Error('the server is started before all tests');
      return server.createDatabase();
    },
    async setAttempts({ db }, id, attempts) {
      await sql`
        select graphile_worker.reschedule_jobs(array[jobs.id], attempts := ${attempts}::int)
        from graphile_worker.jobs as jobs where key = ${id}`.execute(db);
    },
    async stealLeases({ db }) {
      await sql`insert into queue_workers values ('other', 'elsewhere 1 1 x', now())`.execute(db);
      await sql`
        update graphile_worker._private_jobs set locked_by = 'other'
        where locked_at is not null`.execute(db);
    },
    async expireLeases({ db }) {
      await sql`update queue_workers set beat_at = now() - interval '1 hour'`.execute(db);
      await sql`
        update graphile_worker._private_job_queues set locked_by = 'other'
        where locked_at is not null`.execute(db);
    },
    remove: async () => server?.stop(),
  };
}

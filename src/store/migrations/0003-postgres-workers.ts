import { type Kysely, type Migration, sql } from 'kysely';

/** What the PostgreSQL queue needs beside graphile-worker's tables; see `src/queue/graphile-*.ts`. */
export const postgresWorkers: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('queue_workers')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('beat_at', 'timestamptz', (column) => column.notNull())
      .execute();
    // graphile-worker has no index by queue, so a key's jobs are found through their deliveries.
    await db.schema
      .createIndex('deliveries_unfinished')
      .on('deliveries')
      .column('key')
      .where(sql.ref('finished_at'), 'is', null)
      .execute();
  },
};

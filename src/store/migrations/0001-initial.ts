import type { Kysely, Migration } from 'kysely';

/** Deliveries, decisions and configurations, the same on both databases. */
export const initial: Migration = {
  async up(db: Kysely<unknown>) {
    await createDeliveries(db);
    await createDecisions(db);
    await db.schema
      .createTable('configurations')
      .addColumn('repository', 'text', (column) => column.primaryKey())
      .addColumn('good', 'text')
      .addColumn('errors', 'text')
      .addColumn('source', 'text')
      .addColumn('checked_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};

async function createDeliveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('outcome', 'text')
    // Last, because SQLite has to read past a large column to reach the ones behind it.
    .addColumn('payload', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('deliveries_finished')
    .on('deliveries')
    .column('finished_at')
    .execute();
}

async function createDecisions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('decisions')
    .addColumn('delivery_id', 'text', (column) => column.primaryKey())
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('issue', 'integer', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('plan', 'text', (column) => column.notNull())
    .addColumn('applied', 'text', (column) => column.notNull())
    .addColumn('text_hash', 'text')
    .addColumn('duration_ms', 'bigint', (column) => column.notNull())
    .addColumn('decided_at', 'bigint', (column) => column.notNull())
    .execute();
  const indexes = {
    decisions_time: ['decided_at'],
    decisions_issue: ['repository', 'issue', 'decided_at'],
    decisions_repository: ['repository', 'decided_at'],
    decisions_outcome: ['outcome', 'decided_at'],
  };
  for (const [name, columns] of Object.entries(indexes)) {
    await db.schema.createIndex(name).on('decisions').columns(columns).execute();
  }
}

import { type Kysely, type Migration, sql } from 'kysely';

/** What pull requests are learned from, and heads of their own; the same on both databases. */
export const learnedPulls: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('history_pulls')
      .addColumn('repository', 'text', (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('labels', 'text', (column) => column.notNull())
      .addColumn('author', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      // Last, because SQLite has to read past a large column to reach the ones behind it.
      .addColumn('text', 'text')
      .addColumn('paths', 'text')
      .addPrimaryKeyConstraint('history_pulls_pk', ['repository', 'number'])
      .execute();
    await db.schema
      .alterTable('heads')
      .addColumn('subject', 'text', (column) => column.notNull().defaultTo('issues'))
      .execute();
    await rekeySwitches(db);
  },
};

/** A label may be switched for issues and for pull requests: the head's version tells which. */
async function rekeySwitches(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('label_switches').renameTo('label_switches_before').execute();
  await db.schema
    .createTable('label_switches')
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('head_version', 'integer', (column) => column.notNull())
    .addColumn('put', 'integer', (column) => column.notNull())
    .addColumn('kept', 'integer', (column) => column.notNull())
    .addColumn('promise', 'double precision', (column) => column.notNull())
    .addPrimaryKeyConstraint('label_switches_by_head_pk', ['repository', 'label', 'head_version'])
    .execute();
  await sql`insert into label_switches (repository, label, since, head_version, put, kept, promise)
    select repository, label, since, head_version, put, kept, promise from label_switches_before`.execute(
    db,
  );
  await db.schema.dropTable('label_switches_before').execute();
}

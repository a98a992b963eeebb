import { type Kysely, type Migration, sql } from 'kysely';

/**
 * An encoding belongs to the issue or pull request whose text it is of, and goes with it. Those that
 * tell no issue are made again when they are needed.
 */
export const encodingsOfIssues: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`delete from embeddings`.execute(db);
    await db.schema
      .alterTable('embeddings')
      .addColumn('repository', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await db.schema
      .alterTable('embeddings')
      .addColumn('issue', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createIndex('embeddings_issue')
      .on('embeddings')
      .columns(['repository', 'issue'])
      .execute();
  },
};

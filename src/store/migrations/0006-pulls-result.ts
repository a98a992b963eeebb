import type { Kysely, Migration } from 'kysely';

/** What came of learning from pull requests, for people; the same on both databases. */
export const pullsResult: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('histories').addColumn('pulls_result', 'text').execute();
  },
};

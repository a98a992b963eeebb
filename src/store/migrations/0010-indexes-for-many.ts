import type { Kysely, Migration } from 'kysely';

/** What is looked for by these columns is found without looking through a whole large table. */
export const indexesForMany: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.createIndex('embeddings_model').on('embeddings').column('model').execute();
    await db.schema
      .createIndex('label_feedback_time')
      .on('label_feedback')
      .column('decided_at')
      .execute();
    await db.schema
      .createIndex('decisions_repository_outcome')
      .on('decisions')
      .columns(['repository', 'outcome', 'decided_at'])
      .execute();
  },
};

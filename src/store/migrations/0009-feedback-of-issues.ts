import type { Kysely, Migration } from 'kysely';

/** What is known of one issue's labels is asked for at each of its decisions. */
export const feedbackOfIssues: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('label_feedback_issue')
      .on('label_feedback')
      .columns(['repository', 'issue', 'decided_at'])
      .execute();
  },
};

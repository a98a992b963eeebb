import type { Kysely, Migration } from 'kysely';

/** What a repository is learned from and what was learned, the same on both databases. */
export const learning: Migration = {
  async up(db: Kysely<unknown>) {
    await createHistory(db);
    await createLabelEvidence(db);
    await createLearned(db);
    await createFeedback(db);
  },
};

async function createHistory(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('histories')
    .addColumn('repository', 'text', (column) => column.primaryKey())
    .addColumn('installation_id', 'bigint', (column) => column.notNull())
    .addColumn('position', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('learned_at', 'bigint')
    .addColumn('result', 'text')
    .execute();
  await db.schema
    .createTable('history_issues')
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('labels', 'text', (column) => column.notNull())
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('author_association', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    // Last, because SQLite has to read past a large column to reach the ones behind it.
    .addColumn('body', 'text')
    .addPrimaryKeyConstraint('history_issues_pk', ['repository', 'number'])
    .execute();
}

async function createLabelEvidence(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('label_events')
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('id', 'bigint', (column) => column.notNull())
    .addColumn('issue', 'integer', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('bot', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('label_events_pk', ['repository', 'id'])
    .execute();
  await db.schema
    .createIndex('label_events_issue')
    .on('label_events')
    .columns(['repository', 'issue', 'at'])
    .execute();
  await db.schema
    .createTable('label_setters')
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('login', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('trusted', 'integer', (column) => column.notNull())
    .addColumn('checked_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('label_setters_pk', ['repository', 'login'])
    .execute();
}

async function createLearned(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('embeddings')
    .addColumn('text_hash', 'text', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('logits', 'text', (column) => column.notNull())
    .addColumn('embedding', 'text', (column) => column.notNull())
    .addColumn('made_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('embeddings_pk', ['text_hash', 'model'])
    .execute();
  await db.schema
    .createTable('heads')
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('data_hash', 'text', (column) => column.notNull())
    .addColumn('in_use', 'integer', (column) => column.notNull())
    .addColumn('because', 'text', (column) => column.notNull())
    .addColumn('learned_at', 'bigint', (column) => column.notNull())
    .addColumn('head', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('heads_pk', ['repository', 'version'])
    .execute();
}

async function createFeedback(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('label_feedback')
    .addColumn('delivery_id', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('issue', 'integer', (column) => column.notNull())
    .addColumn('head_version', 'integer', (column) => column.notNull())
    .addColumn('proposed', 'text', (column) => column.notNull())
    .addColumn('decided_at', 'bigint', (column) => column.notNull())
    .addColumn('truth', 'text')
    .addColumn('actor', 'text')
    .addColumn('role', 'text')
    .addColumn('at', 'bigint')
    .addPrimaryKeyConstraint('label_feedback_pk', ['delivery_id', 'label'])
    .execute();
  await db.schema
    .createIndex('label_feedback_repository')
    .on('label_feedback')
    .columns(['repository', 'decided_at'])
    .execute();
  await db.schema
    .createTable('label_switches')
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('head_version', 'integer', (column) => column.notNull())
    .addColumn('put', 'integer', (column) => column.notNull())
    .addColumn('kept', 'integer', (column) => column.notNull())
    .addColumn('promise', 'double precision', (column) => column.notNull())
    .addPrimaryKeyConstraint('label_switches_pk', ['repository', 'label'])
    .execute();
}

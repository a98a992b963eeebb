import { type Kysely, type Migration, Migrator } from 'kysely';
import { initial } from './migrations/0001-initial.js';
import { sqliteJobs } from './migrations/0002-sqlite-jobs.js';
import { postgresWorkers } from './migrations/0003-postgres-workers.js';
import { learning } from './migrations/0004-learning.js';
import { learnedPulls } from './migrations/0005-learned-pulls.js';
import { pullsResult } from './migrations/0006-pulls-result.js';
import { encodingsOfIssues } from './migrations/0007-encodings-of-issues.js';
import { backgroundJobs } from './migrations/0008-background-jobs.js';
import { feedbackOfIssues } from './migrations/0009-feedback-of-issues.js';
import { indexesForMany } from './migrations/0010-indexes-for-many.js';
import { StoreError } from './store-error.js';

/** Every migration there is, by name; names sort in the order of time and never change. */
const MIGRATIONS = {
  sqlite: {
    '0001-initial': initial,
    '0002-sqlite-jobs': sqliteJobs,
    '0004-learning': learning,
    '0005-learned-pulls': learnedPulls,
    '0006-pulls-result': pullsResult,
    '0007-encodings-of-issues': encodingsOfIssues,
    '0008-background-jobs': backgroundJobs,
    '0009-feedback-of-issues': feedbackOfIssues,
    '0010-indexes-for-many': indexesForMany,
  },
  postgres: {
    '0001-initial': initial,
    '0003-postgres-workers': postgresWorkers,
    '0004-learning': learning,
    '0005-learned-pulls': learnedPulls,
    '0006-pulls-result': pullsResult,
    '0007-encodings-of-issues': encodingsOfIssues,
    '0009-feedback-of-issues': feedbackOfIssues,
    '0010-indexes-for-many': indexesForMany,
  },
} satisfies Record<string, Record<string, Migration>>;

/**
 * Brings the schema up to date. Safe when several processes start at once: Kysely reads what is
 * pending and applies it under a lock (SQLite: an IMMEDIATE transaction; PostgreSQL: an advisory lock).
 *
 * @throws StoreError `migration`, or the driver's own error
 */
export async function migrateToLatest<T>(
  db: Kysely<T>,
  dialect: keyof typeof MIGRATIONS,
): Promise<void> {
  const migrations: Record<string, Migration> = MIGRATIONS[dialect];
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && error.message.startsWith('corrupted migrations')) {
    throw new StoreError(
      'migration',
      `The database was made by another version of Sentinel (${error.message}).`,
      { cause: error },
    );
  }
  throw error;
}

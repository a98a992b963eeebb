import { type Kysely, type Migration, sql } from 'kysely';

/**
 * The few jobs of the background (`src/queue/lane.ts`), so that they are found without looking through
 * all that waits.
 */
export const backgroundJobs: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create index jobs_background on jobs (state, seq, run_at)
      where substr(key, -9) = '@learning'`.execute(db);
  },
};

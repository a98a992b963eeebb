import type { Kysely } from 'kysely';
import type { Database, DeliveriesTable } from './schema.js';

/** A delivery without its body. */
export type DeliveryRecord = Omit<DeliveriesTable, 'payload'>;

/** Ids asked about at once; SQLite bounds the parameters of a statement. */
const CHUNK = 500;

/** What was received from GitHub. The queue inserts and finishes rows; this reads and prunes. */
export class Deliveries {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async find(id: string): Promise<DeliveryRecord | undefined> {
    return this.#db
      .selectFrom('deliveries')
      .select(['id', 'event', 'key', 'received_at', 'finished_at', 'outcome'])
      .where('id', '=', id)
      .executeTakeFirst();
  }

  /** Those of the ids that were received before, finished or not. */
  async known(ids: readonly string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (let from = 0; from < ids.length; from += CHUNK) {
      const rows = await this.#db
        .selectFrom('deliveries')
        .select('id')
        .where('id', 'in', ids.slice(from, from + CHUNK))
        .execute();
      for (const row of rows) found.add(row.id);
    }
    return found;
  }

  /**
   * Forgets deliveries finished before the given time (milliseconds since the epoch), so that
   * their ids would be taken as new again. GitHub redelivers for up to three days, so keep more.
   *
   * @returns how many were forgotten
   */
  async prune(finishedBefore: number): Promise<number> {
    const result = await this.#db
      .deleteFrom('deliveries')
      .where('finished_at', '<', finishedBefore)
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  }
}

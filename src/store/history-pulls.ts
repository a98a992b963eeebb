import type { Kysely } from 'kysely';
import type { Database, HistoryPullsTable } from './schema.js';

export type HistoryPullRecord = HistoryPullsTable;

/** Rows written by one statement; SQLite bounds the parameters of a statement. */
const CHUNK = 500;

/** The pull requests a repository can be learned from, as they are now. */
export class HistoryPulls {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Stores pull requests in place of what was known of them; what was read of their files stays. */
  async save(pulls: readonly Omit<HistoryPullRecord, 'paths' | 'text'>[]): Promise<void> {
    for (let from = 0; from < pulls.length; from += CHUNK) {
      const rows = pulls.slice(from, from + CHUNK);
      await this.#db
        .insertInto('history_pulls')
        .values(rows.map((row) => ({ ...row, paths: null, text: null })))
        .onConflict((conflict) =>
          conflict.columns(['repository', 'number']).doUpdateSet((eb) => ({
            title: eb.ref('excluded.title'),
            labels: eb.ref('excluded.labels'),
            author: eb.ref('excluded.author'),
            created_at: eb.ref('excluded.created_at'),
            updated_at: eb.ref('excluded.updated_at'),
          })),
        )
        .execute();
    }
  }

  /** Notes what a pull request changes. */
  async saveFiles(
    { repository, number }: Pick<HistoryPullRecord, 'repository' | 'number'>,
    files: { readonly paths: readonly string[]; readonly text: string },
  ): Promise<void> {
    await this.#db
      .updateTable('history_pulls')
      .set({ paths: JSON.stringify(files.paths), text: files.text })
      .where('repository', '=', repository)
      .where('number', '=', number)
      .execute();
  }

  /** The newest that bear a label, newest first. */
  async labelled(repository: string, limit: number): Promise<HistoryPullRecord[]> {
    return this.#db
      .selectFrom('history_pulls')
      .selectAll()
      .where('repository', '=', repository)
      .where('labels', '!=', '[]')
      .orderBy('number', 'desc')
      .limit(limit)
      .execute();
  }

  /** How many bear a label. */
  async countLabelled(repository: string): Promise<number> {
    const row = await this.#db
      .selectFrom('history_pulls')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('repository', '=', repository)
      .where('labels', '!=', '[]')
      .executeTakeFirst();
    return Number(row?.count ?? 0);
  }

  /** Whether anything is known of who labelled it. */
  async hasEvents(repository: string, number: number): Promise<boolean> {
    const row = await this.#db
      .selectFrom('label_events')
      .select('id')
      .where('repository', '=', repository)
      .where('issue', '=', number)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  async remove(repository: string, number: number): Promise<void> {
    await this.#db
      .deleteFrom('history_pulls')
      .where('repository', '=', repository)
      .where('number', '=', number)
      .execute();
  }

  async find(repository: string, number: number): Promise<HistoryPullRecord | undefined> {
    return this.#db
      .selectFrom('history_pulls')
      .selectAll()
      .where('repository', '=', repository)
      .where('number', '=', number)
      .executeTakeFirst();
  }
}

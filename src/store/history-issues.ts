import type { Kysely } from 'kysely';
import type { Database, HistoryIssuesTable } from './schema.js';

export type HistoryIssueRecord = HistoryIssuesTable;

/** Rows written by one statement; SQLite bounds the parameters of a statement. */
const CHUNK = 500;

/** The issues a repository can be learned from, as they are now. */
export class HistoryIssues {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Stores issues in place of what was known of them. */
  async save(issues: readonly HistoryIssueRecord[]): Promise<void> {
    for (let from = 0; from < issues.length; from += CHUNK) {
      await this.#db
        .insertInto('history_issues')
        .values(issues.slice(from, from + CHUNK))
        .onConflict((conflict) =>
          conflict.columns(['repository', 'number']).doUpdateSet((eb) => ({
            title: eb.ref('excluded.title'),
            labels: eb.ref('excluded.labels'),
            author: eb.ref('excluded.author'),
            author_association: eb.ref('excluded.author_association'),
            created_at: eb.ref('excluded.created_at'),
            updated_at: eb.ref('excluded.updated_at'),
            body: eb.ref('excluded.body'),
          })),
        )
        .execute();
    }
  }

  async find(repository: string, number: number): Promise<HistoryIssueRecord | undefined> {
    return this.#db
      .selectFrom('history_issues')
      .selectAll()
      .where('repository', '=', repository)
      .where('number', '=', number)
      .executeTakeFirst();
  }

  /** Those that have the numbers, in no order. */
  async withNumbers(repository: string, numbers: readonly number[]): Promise<HistoryIssueRecord[]> {
    const found: HistoryIssueRecord[] = [];
    for (let from = 0; from < numbers.length; from += CHUNK) {
      const rows = await this.#db
        .selectFrom('history_issues')
        .selectAll()
        .where('repository', '=', repository)
        .where('number', 'in', numbers.slice(from, from + CHUNK))
        .execute();
      found.push(...rows);
    }
    return found;
  }

  /**
   * Numbers of the issues that have a label nobody is known to have put there, newest first.
   *
   * @param above only numbers above this one
   * @param below only numbers below this one; all when left out
   */
  async withoutEvents(
    repository: string,
    { above, below, limit }: { above: number; below?: number | undefined; limit: number },
  ): Promise<number[]> {
    let query = this.#db
      .selectFrom('history_issues')
      .select('number')
      .where('repository', '=', repository)
      .where('labels', '!=', '[]')
      .where('number', '>', above)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('label_events')
              .select('id')
              .whereRef('label_events.repository', '=', 'history_issues.repository')
              .whereRef('label_events.issue', '=', 'history_issues.number'),
          ),
        ),
      )
      .orderBy('number', 'desc')
      .limit(limit);
    if (below !== undefined) query = query.where('number', '<', below);
    const rows = await query.execute();
    return rows.map(({ number }) => number);
  }

  async count(repository: string): Promise<number> {
    const row = await this.#db
      .selectFrom('history_issues')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('repository', '=', repository)
      .executeTakeFirstOrThrow();
    return Number(row.count);
  }

  /** Forgets an issue, because it was deleted or moved away; false if unknown. */
  async remove(repository: string, number: number): Promise<boolean> {
    const result = await this.#db
      .deleteFrom('history_issues')
      .where('repository', '=', repository)
      .where('number', '=', number)
      .executeTakeFirst();
    return result.numDeletedRows > 0n;
  }
}

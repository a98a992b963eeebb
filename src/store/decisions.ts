import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Database, DecisionsTable } from './schema.js';

export type DecisionRecord = DecisionsTable;

/** What is read of what was done. */
const doneSchema = z.object({ comment: z.string().nullable() });

/** What Sentinel decided, one row a delivery. */
export class Decisions {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Stores a decision; one for the same delivery is overwritten. */
  async record(decision: DecisionRecord): Promise<void> {
    const { delivery_id: _, ...changes } = decision;
    await this.#db
      .insertInto('decisions')
      .values(decision)
      .onConflict((conflict) => conflict.column('delivery_id').doUpdateSet(changes))
      .execute();
  }

  /** Whether what a delivery led to is stored. */
  async isRecorded(deliveryId: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('decisions')
      .select('delivery_id')
      .where('delivery_id', '=', deliveryId)
      .executeTakeFirst();
    return row !== undefined;
  }

  async latestForIssue(repository: string, issue: number): Promise<DecisionRecord | undefined> {
    return this.#db
      .selectFrom('decisions')
      .selectAll()
      .where('repository', '=', repository)
      .where('issue', '=', issue)
      .orderBy('decided_at', 'desc')
      .orderBy('delivery_id', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  /**
   * Whether Sentinel left a comment on an issue and has not taken it back: if it is not there any
   * more, a person deleted it.
   */
  async commentStood(repository: string, issue: number): Promise<boolean> {
    const rows = await this.#db
      .selectFrom('decisions')
      .select('applied')
      .where('repository', '=', repository)
      .where('issue', '=', issue)
      .where('applied', 'like', '%"comment":"%')
      .orderBy('decided_at', 'desc')
      .orderBy('delivery_id', 'desc')
      .execute();
    const done = rows.map(({ applied }) => doneSchema.parse(JSON.parse(applied)).comment);
    const last = done.find((comment) => comment !== null);
    return last !== undefined && last !== 'removed';
  }

  /**
   * How many decisions ended each way; outcomes that never occurred are absent.
   *
   * @param filter.since decided then or later, in milliseconds since the epoch
   */
  async countsByOutcome(
    filter: { readonly repository?: string | undefined; readonly since?: number | undefined } = {},
  ): Promise<Map<string, number>> {
    const { repository, since } = filter;
    let query = this.#db
      .selectFrom('decisions')
      .select((eb) => ['outcome', eb.fn.countAll<number>().as('count')])
      .groupBy('outcome')
      .orderBy('outcome');
    if (repository !== undefined) query = query.where('repository', '=', repository);
    if (since !== undefined) query = query.where('decided_at', '>=', since);
    const rows = await query.execute();
    return new Map(rows.map((row) => [row.outcome, Number(row.count)]));
  }

  /** Deletes decisions made before the given time (milliseconds since the epoch); how many. */
  async prune(decidedBefore: number): Promise<number> {
    const result = await this.#db
      .deleteFrom('decisions')
      .where('decided_at', '<', decidedBefore)
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  }
}

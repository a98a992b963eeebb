import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Database, DecisionsTable } from './schema.js';

export type DecisionRecord = DecisionsTable;

/** All given conditions hold. Times are milliseconds since the epoch. */
export interface DecisionFilter {
  readonly repository?: string | undefined;
  readonly issue?: number | undefined;
  readonly outcome?: string | undefined;
  readonly event?: string | undefined;
  /** Decided at or after. */
  readonly since?: number | undefined;
  /** Decided before. */
  readonly before?: number | undefined;
}

export interface Page {
  /** 1 to 1,000. */
  readonly limit: number;
  readonly offset?: number | undefined;
}

const MAX_PAGE = 1000;

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

  async find(deliveryId: string): Promise<DecisionRecord | undefined> {
    return this.#db
      .selectFrom('decisions')
      .selectAll()
      .where('delivery_id', '=', deliveryId)
      .executeTakeFirst();
  }

  async latestForIssue(repository: string, issue: number): Promise<DecisionRecord | undefined> {
    const [latest] = await this.recent({ repository, issue }, { limit: 1 });
    return latest;
  }

  /** Newest first. */
  async recent(filter: DecisionFilter, page: Page): Promise<DecisionRecord[]> {
    return this.#db
      .selectFrom('decisions')
      .selectAll()
      .where((eb) => matching(eb, filter))
      .orderBy('decided_at', 'desc')
      .orderBy('delivery_id', 'desc')
      .limit(Math.min(Math.max(1, Math.trunc(page.limit)), MAX_PAGE))
      .offset(Math.max(0, Math.trunc(page.offset ?? 0)))
      .execute();
  }

  async count(filter: DecisionFilter = {}): Promise<number> {
    const row = await this.#db
      .selectFrom('decisions')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where((eb) => matching(eb, filter))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  }

  /** How many decisions ended each way; outcomes that never occurred are absent. */
  async countsByOutcome(filter: DecisionFilter = {}): Promise<Map<string, number>> {
    const rows = await this.#db
      .selectFrom('decisions')
      .select((eb) => ['outcome', eb.fn.countAll<number>().as('count')])
      .where((eb) => matching(eb, filter))
      .groupBy('outcome')
      .orderBy('outcome')
      .execute();
    return new Map(rows.map((row) => [row.outcome, Number(row.count)]));
  }

  /** Repositories with at least one decision, in alphabetical order. */
  async repositories(): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('decisions')
      .select('repository')
      .distinct()
      .orderBy('repository')
      .execute();
    return rows.map((row) => row.repository);
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

function matching(eb: ExpressionBuilder<Database, 'decisions'>, filter: DecisionFilter) {
  const conditions = [];
  if (filter.repository !== undefined) conditions.push(eb('repository', '=', filter.repository));
  if (filter.issue !== undefined) conditions.push(eb('issue', '=', filter.issue));
  if (filter.outcome !== undefined) conditions.push(eb('outcome', '=', filter.outcome));
  if (filter.event !== undefined) conditions.push(eb('event', '=', filter.event));
  if (filter.since !== undefined) conditions.push(eb('decided_at', '>=', filter.since));
  if (filter.before !== undefined) conditions.push(eb('decided_at', '<', filter.before));
  return eb.and(conditions);
}

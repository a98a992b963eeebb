import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Insertable, type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import type { Database, HistoriesTable } from './schema.js';

export type HistoryRecord = Selectable<HistoriesTable>;

/** Everything of a repository that is not a record of what was done, but for what goes by slices. */
const FORGOTTEN = ['label_setters', 'label_switches', 'heads', 'configurations'] as const;
/** What may be a million rows, and what tells them apart. */
const FORGOTTEN_BY_SLICES = {
  label_events: 'id',
  embeddings: 'text_hash',
  history_issues: 'number',
  history_pulls: 'number',
} as const;
/** Rows deleted at once: SQLite does it in the thread that receives deliveries. */
const SLICE = 1000;

/** How far each repository's history is read. */
export class Histories {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async find(repository: string): Promise<HistoryRecord | undefined> {
    return this.#db
      .selectFrom('histories')
      .selectAll()
      .where('repository', '=', repository)
      .executeTakeFirst();
  }

  /** The name as GitHub spells it of a repository that is known, whatever the case; else null. */
  async spelling(repository: string): Promise<string | null> {
    const row = await this.#db
      .selectFrom('histories')
      .select('repository')
      .where((eb) => eb(eb.fn<string>('lower', ['repository']), '=', repository.toLowerCase()))
      .executeTakeFirst();
    return row?.repository ?? null;
  }

  /** Stores a repository's row in place of the one before; what is left out stays as it was. */
  async save(history: Insertable<HistoriesTable>): Promise<void> {
    const { repository: _, ...changes } = history;
    await this.#db
      .insertInto('histories')
      .values(history)
      .onConflict((conflict) => conflict.column('repository').doUpdateSet(changes))
      .execute();
  }

  /** Notes when a repository was learned from and what came of it. */
  async learned(repository: string, at: number, result: string): Promise<void> {
    await this.#db
      .updateTable('histories')
      .set({ learned_at: at, result })
      .where('repository', '=', repository)
      .execute();
  }

  /** Notes what came of learning from a repository's pull requests. */
  async learnedFromPulls(repository: string, result: string): Promise<void> {
    await this.#db
      .updateTable('histories')
      .set({ pulls_result: result })
      .where('repository', '=', repository)
      .execute();
  }

  /** Every repository, in alphabetical order. */
  async list(): Promise<HistoryRecord[]> {
    return this.#db.selectFrom('histories').selectAll().orderBy('repository').execute();
  }

  /** Those read through an installation. */
  async ofInstallation(installationId: number): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('histories')
      .select('repository')
      .where('installation_id', '=', installationId)
      .execute();
    return rows.map(({ repository }) => repository);
  }

  /**
   * Gives a label another name wherever it is remembered. What stood under the new name is of a label
   * that is gone, or was done to this one before its new name was known here: what people did last
   * counts.
   */
  async renameLabel(repository: string, from: string, to: string): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      await keepLastTruth(transaction, repository, from, to);
      for (const table of ['label_feedback', 'label_switches'] as const) {
        const own = sql.table(table);
        await sql`delete from ${own} where repository = ${repository} and label = ${to} and exists
          (select 1 from ${own} as former where former.repository = ${repository} and former.label = ${from})`.execute(
          transaction,
        );
      }
      for (const table of ['label_feedback', 'label_switches', 'label_events'] as const) {
        await transaction
          .updateTable(table)
          .set({ label: to })
          .where('repository', '=', repository)
          .where('label', '=', from)
          .execute();
      }
      for (const table of ['history_issues', 'history_pulls'] as const) {
        await renameInRows(transaction, table, repository, from, to);
      }
    });
  }

  /**
   * Deletes all that was read and learned of a repository, but for decisions. Broken off, it leaves a
   * part, until it is repeated.
   */
  async forget(repository: string): Promise<void> {
    // First, for nothing more is kept of a repository without it (`keepHistory`).
    await this.#db.deleteFrom('histories').where('repository', '=', repository).execute();
    for (const [table, key] of Object.entries(FORGOTTEN_BY_SLICES)) {
      while (await this.#forgetSlice(repository, sql.table(table), sql.ref(key))) await nextTurn();
    }
    await this.#db.transaction().execute(async (transaction) => {
      for (const table of FORGOTTEN) {
        await transaction.deleteFrom(table).where('repository', '=', repository).execute();
      }
    });
  }

  /** False when nothing was left. */
  async #forgetSlice(
    repository: string,
    table: RawBuilder<unknown>,
    key: RawBuilder<unknown>,
  ): Promise<boolean> {
    const { numAffectedRows } = await sql`
      delete from ${table} where repository = ${repository} and ${key} in
        (select ${key} from ${table} where repository = ${repository} limit ${SLICE})`.execute(
      this.#db,
    );
    return (numAffectedRows ?? 0n) > 0n;
  }
}

/** Of issues with a truth under both names, the later one goes to the former name. */
async function keepLastTruth(
  db: Kysely<Database>,
  repository: string,
  from: string,
  to: string,
): Promise<void> {
  const judged = await db
    .selectFrom('label_feedback')
    .select(['issue', 'truth', 'actor', 'role', 'at'])
    .where('repository', '=', repository)
    .where('label', '=', to)
    .where('truth', 'is not', null)
    .orderBy('at')
    .execute();
  for (const { issue, ...truth } of judged) {
    await db
      .updateTable('label_feedback')
      .set(truth)
      .where('repository', '=', repository)
      .where('issue', '=', issue)
      .where('label', '=', from)
      .where((eb) => eb.or([eb('at', 'is', null), eb('at', '<', truth.at)]))
      .execute();
  }
}

/** Rewrites the labels of the rows that name it. */
async function renameInRows(
  db: Kysely<Database>,
  table: 'history_issues' | 'history_pulls',
  repository: string,
  from: string,
  to: string,
): Promise<void> {
  const rows = await db
    .selectFrom(table)
    .select(['number', 'labels'])
    .where('repository', '=', repository)
    .where('labels', '!=', '[]')
    .execute();
  for (const { number, labels } of rows) {
    const names = JSON.parse(labels) as string[];
    if (!names.includes(from)) continue;
    const renamed = JSON.stringify(names.map((name) => (name === from ? to : name)));
    await db
      .updateTable(table)
      .set({ labels: renamed })
      .where('repository', '=', repository)
      .where('number', '=', number)
      .execute();
  }
}

import type { Kysely } from 'kysely';
import type { Database, LabelSwitchesTable } from './schema.js';

export type LabelSwitchRecord = LabelSwitchesTable;

/** Labels that are only suggested, because people took them off too often. */
export class LabelSwitches {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Switches a label of a head; false when it was switched before, so that it is told once. */
  async add(change: LabelSwitchRecord): Promise<boolean> {
    const result = await this.#db
      .insertInto('label_switches')
      .values(change)
      .onConflict((conflict) =>
        conflict.columns(['repository', 'label', 'head_version']).doNothing(),
      )
      .executeTakeFirst();
    return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  /** Of one repository or of all, by name. */
  async list(repository?: string): Promise<LabelSwitchRecord[]> {
    let query = this.#db
      .selectFrom('label_switches')
      .selectAll()
      .orderBy('repository')
      .orderBy('label');
    if (repository !== undefined) query = query.where('repository', '=', repository);
    return query.execute();
  }
}

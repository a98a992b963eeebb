import type { Kysely } from 'kysely';
import type { Database, LabelSettersTable } from './schema.js';

export type LabelSetterRecord = LabelSettersTable;

/** Who may triage in a repository, as GitHub said when asked. */
export class LabelSetters {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** @param login in lower case */
  async find(repository: string, login: string): Promise<LabelSetterRecord | undefined> {
    return this.#db
      .selectFrom('label_setters')
      .selectAll()
      .where('repository', '=', repository)
      .where('login', '=', login)
      .executeTakeFirst();
  }

  /** Stores a person's role in place of the one before. */
  async save(setter: LabelSetterRecord): Promise<void> {
    const { repository: _, login: __, ...changes } = setter;
    await this.#db
      .insertInto('label_setters')
      .values(setter)
      .onConflict((conflict) => conflict.columns(['repository', 'login']).doUpdateSet(changes))
      .execute();
  }
}

import type { Kysely } from 'kysely';
import type { ConfigurationsTable, Database } from './schema.js';

export type ConfigurationRecord = ConfigurationsTable;

/** The last good configuration of each repository. */
export class Configurations {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async find(repository: string): Promise<ConfigurationRecord | undefined> {
    return this.#db
      .selectFrom('configurations')
      .selectAll()
      .where('repository', '=', repository)
      .executeTakeFirst();
  }

  /** Stores a repository's row in place of the one before. */
  async save(configuration: ConfigurationRecord): Promise<void> {
    const { repository: _, ...changes } = configuration;
    await this.#db
      .insertInto('configurations')
      .values(configuration)
      .onConflict((conflict) => conflict.column('repository').doUpdateSet(changes))
      .execute();
  }

  /** Every repository's row, in alphabetical order. */
  async list(): Promise<ConfigurationRecord[]> {
    return this.#db.selectFrom('configurations').selectAll().orderBy('repository').execute();
  }

  /** Forgets a repository, for instance when the App was removed from it; false if unknown. */
  async remove(repository: string): Promise<boolean> {
    const result = await this.#db
      .deleteFrom('configurations')
      .where('repository', '=', repository)
      .executeTakeFirst();
    return result.numDeletedRows > 0n;
  }
}

import type { Kysely } from 'kysely';
import type { Database, HeadSubject, HeadsTable } from './schema.js';

export type HeadRecord = HeadsTable;

/** Versions kept beside the one in use. */
const KEPT = 5;

/** Everything that was learned, by repository and version. */
export class Heads {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async inUse(
    repository: string,
    subject: HeadSubject = 'issues',
  ): Promise<HeadRecord | undefined> {
    return this.#db
      .selectFrom('heads')
      .selectAll()
      .where('repository', '=', repository)
      .where('subject', '=', subject)
      .where('in_use', '=', 1)
      .executeTakeFirst();
  }

  /** The repository's newest version for a subject, in use or not. */
  async latest(
    repository: string,
    subject: HeadSubject = 'issues',
  ): Promise<HeadRecord | undefined> {
    return this.#db
      .selectFrom('heads')
      .selectAll()
      .where('repository', '=', repository)
      .where('subject', '=', subject)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  /** Repositories with a head in use for a subject, in alphabetical order. */
  async repositories(subject: HeadSubject = 'issues'): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('heads')
      .select('repository')
      .where('subject', '=', subject)
      .where('in_use', '=', 1)
      .orderBy('repository')
      .execute();
    return rows.map(({ repository }) => repository);
  }

  /**
   * Stores a head as the repository's next version. One to be used takes the place of the one in
   * use for its subject, and its labels begin with a clean slate: switches of the version before are
   * lifted.
   *
   * @returns its version
   */
  async add({
    subject = 'issues',
    ...head
  }: Omit<HeadRecord, 'version' | 'subject'> & {
    readonly subject?: HeadSubject;
  }): Promise<number> {
    return this.#db.transaction().execute(async (transaction) => {
      const { repository } = head;
      const newest = await transaction
        .selectFrom('heads')
        .select((eb) => eb.fn.max('version').as('version'))
        .where('repository', '=', repository)
        .executeTakeFirst();
      // What people made of a head that was forgotten must not count for this one.
      const judged = await transaction
        .selectFrom('label_feedback')
        .select((eb) => eb.fn.max('head_version').as('version'))
        .where('repository', '=', repository)
        .executeTakeFirst();
      const version = Math.max(Number(newest?.version ?? 0), Number(judged?.version ?? 0)) + 1;
      if (head.in_use === 1) {
        await transaction
          .updateTable('heads')
          .set({ in_use: 0 })
          .where('repository', '=', repository)
          .where('subject', '=', subject)
          .execute();
      }
      await transaction
        .insertInto('heads')
        .values({ ...head, subject, version })
        .execute();
      await transaction
        .deleteFrom('heads')
        .where('repository', '=', repository)
        .where('in_use', '=', 0)
        .where('version', '<', version - KEPT)
        .execute();
      if (head.in_use === 1) {
        await transaction
          .deleteFrom('label_switches')
          .where('repository', '=', repository)
          .where('head_version', 'not in', (eb) =>
            eb
              .selectFrom('heads')
              .select('version')
              .where('repository', '=', repository)
              .where('in_use', '=', 1),
          )
          .execute();
      }
      return version;
    });
  }

  /** Writes a version anew, for instance with another name of a label. */
  async rewrite(repository: string, version: number, head: string): Promise<void> {
    await this.#db
      .updateTable('heads')
      .set({ head })
      .where('repository', '=', repository)
      .where('version', '=', version)
      .execute();
  }
}

import type { Kysely } from 'kysely';
import type { Database, LabelEventsTable } from './schema.js';

export type LabelEventRecord = LabelEventsTable;

const CHUNK = 500;

/** Who put which label on and off which issue. */
export class LabelEvents {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Stores events; one that is known stays as it is. */
  async save(events: readonly LabelEventRecord[]): Promise<void> {
    for (let from = 0; from < events.length; from += CHUNK) {
      await this.#db
        .insertInto('label_events')
        .values(events.slice(from, from + CHUNK))
        .onConflict((conflict) => conflict.columns(['repository', 'id']).doNothing())
        .execute();
    }
  }

  /**
   * Logins, in lower case, of the people who set labels on issues and pull requests of others. Only those can have
   * been allowed to: on one's own issue a template sets labels in one's name.
   */
  async people(repository: string): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('label_events as event')
      .select('actor')
      .distinct()
      .where('event.repository', '=', repository)
      .where('bot', '=', 0)
      .where('actor', '!=', '')
      .where((eb) =>
        eb.or([
          eb.exists(
            eb
              .selectFrom('history_issues as thread')
              .select('thread.number')
              .whereRef('thread.repository', '=', 'event.repository')
              .whereRef('thread.number', '=', 'event.issue')
              .whereRef('thread.author', '!=', 'event.actor'),
          ),
          eb.exists(
            eb
              .selectFrom('history_pulls as thread')
              .select('thread.number')
              .whereRef('thread.repository', '=', 'event.repository')
              .whereRef('thread.number', '=', 'event.issue')
              .whereRef('thread.author', '!=', 'event.actor'),
          ),
        ]),
      )
      .orderBy('actor')
      .execute();
    return rows.map(({ actor }) => actor);
  }

  /** What people who may triage did, oldest first. */
  async trusted(repository: string): Promise<LabelEventRecord[]> {
    return this.#trusted(repository).orderBy('at').orderBy('id').execute();
  }

  /** How often people who may triage set a label after the given time. */
  async countTrustedSince(repository: string, since: number): Promise<number> {
    const rows = await this.#trusted(repository).where('at', '>', since).execute();
    return rows.length;
  }

  /** Forgets what happened to an issue. */
  async remove(repository: string, issue: number): Promise<void> {
    await this.#db
      .deleteFrom('label_events')
      .where('repository', '=', repository)
      .where('issue', '=', issue)
      .execute();
  }

  #trusted(repository: string) {
    return this.#db
      .selectFrom('label_events')
      .innerJoin('label_setters', (join) =>
        join
          .onRef('label_setters.repository', '=', 'label_events.repository')
          .onRef('label_setters.login', '=', 'label_events.actor'),
      )
      .selectAll('label_events')
      .where('label_events.repository', '=', repository)
      .where('label_events.bot', '=', 0)
      .where('label_setters.trusted', '=', 1);
  }
}

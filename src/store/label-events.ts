import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Database, LabelEventsTable } from './schema.js';

export type LabelEventRecord = LabelEventsTable;

/** What is learned from of an event. */
export type TrustedEvent = Pick<LabelEventRecord, 'id' | 'issue' | 'label' | 'action' | 'at'>;

const CHUNK = 500;
/**
 * Events looked through at once: there may be a million, and SQLite answers in the thread that receives
 * deliveries.
 */
const SLICE = 2000;

/** Numbers of events: greater than the first, up to the last. */
interface Slice {
  readonly above: number;
  readonly last: number;
}

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
   * Logins, in lower case, of the people who set labels on issues and pull requests of others, in
   * alphabetical order. Only those can have been allowed to: on one's own issue a template sets labels
   * in one's name.
   */
  async people(repository: string): Promise<string[]> {
    const people = new Set<string>();
    for await (const slice of this.#slices(repository)) {
      for (const { actor } of await this.#settersOf(repository, slice)) people.add(actor);
    }
    return [...people].sort();
  }

  /** What people who may triage did, oldest first. */
  async trusted(repository: string): Promise<TrustedEvent[]> {
    const events: TrustedEvent[] = [];
    for await (const { above, last } of this.#slices(repository)) {
      const rows = await this.#trusted(repository)
        .select(['label_events.id', 'issue', 'label', 'action', 'at'])
        .where('label_events.id', '>', above)
        .where('label_events.id', '<=', last)
        .execute();
      events.push(...rows);
    }
    return events.sort((a, b) => a.at - b.at || a.id - b.id);
  }

  /** How often people who may triage set a label after the given time. */
  async countTrustedSince(repository: string, since: number): Promise<number> {
    const row = await this.#trusted(repository)
      .select((eb) => eb.fn.countAll().as('count'))
      .where('at', '>', since)
      .executeTakeFirst();
    return Number(row?.count ?? 0);
  }

  /** Forgets what happened to an issue. */
  async remove(repository: string, issue: number): Promise<void> {
    await this.#db
      .deleteFrom('label_events')
      .where('repository', '=', repository)
      .where('issue', '=', issue)
      .execute();
  }

  async *#slices(repository: string): AsyncGenerator<Slice> {
    for (let above = -1; ; ) {
      const row = await this.#db
        .selectFrom((eb) =>
          eb
            .selectFrom('label_events')
            .select('id')
            .where('repository', '=', repository)
            .where('id', '>', above)
            .orderBy('id')
            .limit(SLICE)
            .as('slice'),
        )
        .select((eb) => eb.fn.max('id').as('last'))
        .executeTakeFirst();
      const last = row?.last ?? null;
      if (last === null) return;
      yield { above, last };
      above = last;
      await nextTurn();
    }
  }

  #settersOf(repository: string, { above, last }: Slice): Promise<{ readonly actor: string }[]> {
    return this.#db
      .selectFrom('label_events as event')
      .select('actor')
      .distinct()
      .where('event.repository', '=', repository)
      .where('event.id', '>', above)
      .where('event.id', '<=', last)
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
      .where('label_events.repository', '=', repository)
      .where('label_events.bot', '=', 0)
      .where('label_setters.trusted', '=', 1);
  }
}

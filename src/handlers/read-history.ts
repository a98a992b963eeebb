import { z } from 'zod';
import type { Installation } from '../github/connect.js';
import { isGone, isRefused } from '../github/github-error.js';
import { readEventsPage, readIssueEvents, readIssuesPage } from '../github/read-history.js';
import type { Store } from '../store/open-store.js';
import { askRoles } from './ask-roles.js';
import { issueRecord, labelEventRecord, pullRecord } from './history-records.js';

/** What reading a history needs of the store. */
export type HistoryStore = Pick<
  Store,
  'histories' | 'historyIssues' | 'historyPulls' | 'labelEvents' | 'labelSetters'
>;

export interface ReadHistoryOptions {
  /** Stop after about this many calls; the next reading goes on there. */
  readonly maxCalls: number;
  /** Told after each call. */
  readonly onProgress?: (progress: HistoryProgress) => void;
  /** Milliseconds since the epoch; for tests. */
  readonly now?: () => number;
}

export interface HistoryProgress {
  readonly step: 'issues' | 'events' | 'people';
  /** Issues stored so far. */
  readonly issues: number;
}

/** Issues nobody touched for longer say little about how labels are used today. */
const YEARS = 3;
const YEAR_MS = 365 * 86_400_000;

/** Where reading goes on. Saved after each page, so that a kill costs one page. */
const positionSchema = z.object({
  /** Pull requests are read too; where an older version read none, all is read again once. */
  pulls: z.literal(true),
  /** Issues changed before were read; events before it are not asked for. */
  from: z.string(),
  since: z.string(),
  page: z.number().int().positive(),
  issuesDone: z.boolean(),
  eventsPage: z.number().int().positive(),
  eventsDone: z.boolean(),
  /** Newest event seen in this pass. */
  eventsTop: z.number().int(),
  /** Newest event of the last finished pass. */
  eventsFloor: z.number().int(),
  /** Issues asked for their events one by one: above `singlesFloor`, down to `singlesNext`. */
  singlesFloor: z.number().int(),
  singlesTop: z.number().int(),
  singlesNext: z.number().int().nullable(),
});
type Position = z.output<typeof positionSchema>;

/**
 * Reads what is new of a repository's issues and pull requests and of who labelled them into the
 * store; all of the last three years the first time. Safe to break off and to repeat anywhere.
 *
 * @returns whether all is read; false when `maxCalls` were not enough
 * @throws {RefusedError} when the repository is out of reach
 * @throws {RateLimitedError} when GitHub asks to wait; what was read until then is kept
 */
export async function readHistory(
  installation: Installation,
  repository: string,
  store: HistoryStore,
  options: ReadHistoryOptions,
): Promise<boolean> {
  const now = options.now ?? Date.now;
  const known = await store.histories.find(repository);
  const reading = new Reading(installation, repository, store, options, {
    position: nextPass(known?.position ?? null, known?.finished_at ?? null, now()),
    learned: { learned_at: known?.learned_at ?? null, result: known?.result ?? null },
  });
  const finished =
    (await reading.issues()) &&
    (await reading.events()) &&
    (await reading.singles()) &&
    (await askRoles(installation, repository, store, { now }));
  if (finished) await reading.save(now());
  return finished;
}

/** Goes on where the last reading broke off, or begins a new pass after a finished one. */
function nextPass(stored: string | null, finishedAt: number | null, now: number): Position {
  const from = new Date(now - YEARS * YEAR_MS).toISOString();
  const position = stored === null ? null : positionSchema.safeParse(JSON.parse(stored)).data;
  if (!position) {
    return {
      pulls: true,
      from,
      since: from,
      page: 1,
      issuesDone: false,
      eventsPage: 1,
      eventsDone: false,
      eventsTop: 0,
      eventsFloor: 0,
      singlesFloor: 0,
      singlesTop: 0,
      singlesNext: null,
    };
  }
  if (finishedAt === null) return position;
  return {
    ...position,
    from,
    page: 1,
    issuesDone: false,
    eventsPage: 1,
    eventsDone: false,
    eventsFloor: position.eventsTop,
    singlesFloor: position.singlesTop,
    singlesNext: null,
  };
}

class Reading {
  #calls = 0;
  #position: Position;

  constructor(
    private readonly installation: Installation,
    private readonly repository: string,
    private readonly store: HistoryStore,
    private readonly options: ReadHistoryOptions,
    private readonly known: {
      readonly position: Position;
      readonly learned: { readonly learned_at: number | null; readonly result: string | null };
    },
  ) {
    this.#position = known.position;
  }

  async save(finishedAt: number | null): Promise<void> {
    await this.store.histories.save({
      repository: this.repository,
      installation_id: this.installation.id,
      position: JSON.stringify(this.#position),
      finished_at: finishedAt,
      ...this.known.learned,
    });
  }

  /** Issues by the time of their last change: one that changes meanwhile comes again at the end. */
  async issues(): Promise<boolean> {
    while (!this.#position.issuesDone) {
      if (!this.#mayCall()) return false;
      const { since, page } = this.#position;
      const found = await readIssuesPage(this.installation, this.repository, { since, page });
      await this.store.historyIssues.save(
        found.items.map((issue) => issueRecord(this.repository, issue)),
      );
      await this.store.historyPulls.save(
        found.pulls.map((pull) => pullRecord(this.repository, pull)),
      );
      const until = found.changedUntil ?? since;
      // A whole page of one instant does not move `since`; then the next page does.
      const moved = until !== since;
      await this.#advance('issues', {
        since: until,
        page: moved ? 1 : page + 1,
        issuesDone: !found.more,
      });
    }
    return true;
  }

  /** Events of the whole repository, newest first, down to those of the last pass. */
  async events(): Promise<boolean> {
    while (!this.#position.eventsDone) {
      if (!this.#mayCall()) return false;
      const { eventsPage, eventsFloor, eventsTop, from } = this.#position;
      const found = await this.#eventsPage(eventsPage);
      const { items, ids, more } = found;
      await this.store.labelEvents.save(
        items.map((event) => labelEventRecord(this.repository, event)),
      );
      const old = items.some(({ at }) => Date.parse(at) < Date.parse(from));
      await this.#advance('events', {
        eventsPage: eventsPage + 1,
        eventsTop: Math.max(eventsTop, ...ids),
        eventsDone: !more || old || ids.some((id) => id <= eventsFloor),
      });
    }
    return true;
  }

  /** GitHub pages back a limited number of events; what lies further back is asked one by one. */
  async #eventsPage(page: number): ReturnType<typeof readEventsPage> {
    try {
      return await readEventsPage(this.installation, this.repository, page);
    } catch (error) {
      const limit = isRefused(error, 'invalid');
      if (limit || isGone(error)) return { items: [], ids: [], more: false };
      throw error;
    }
  }

  /** Events of single issues whose labels nobody is known to have put. */
  async singles(): Promise<boolean> {
    for (;;) {
      if (!this.#mayCall()) return false;
      const { singlesFloor, singlesNext, singlesTop } = this.#position;
      const [number] = await this.store.historyIssues.withoutEvents(this.repository, {
        above: singlesFloor,
        below: singlesNext ?? undefined,
        limit: 1,
      });
      if (number === undefined) return true;
      await this.store.labelEvents.save(await this.#singleEvents(number));
      await this.#advance('events', {
        singlesTop: Math.max(singlesTop, number),
        singlesNext: number,
      });
    }
  }

  async #singleEvents(number: number) {
    try {
      const events = await readIssueEvents(this.installation, this.repository, number);
      return events.map((event) => labelEventRecord(this.repository, event));
    } catch (error) {
      // Deleted since it was listed.
      if (isGone(error)) return [];
      throw error;
    }
  }

  #mayCall(): boolean {
    return this.#calls < this.options.maxCalls;
  }

  async #advance(step: HistoryProgress['step'], change: Partial<Position>): Promise<void> {
    this.#calls += 1;
    this.#position = { ...this.#position, ...change };
    await this.save(null);
    const { onProgress } = this.options;
    if (onProgress) {
      onProgress({ step, issues: await this.store.historyIssues.count(this.repository) });
    }
  }
}

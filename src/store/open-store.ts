import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Pool } from 'pg';
import { Configurations } from './configurations.js';
import { parseDatabaseUrl } from './database-url.js';
import { Decisions } from './decisions.js';
import { Deliveries } from './deliveries.js';
import { Embeddings } from './embeddings.js';
import { Heads } from './heads.js';
import { Histories } from './histories.js';
import { HistoryIssues } from './history-issues.js';
import { HistoryPulls } from './history-pulls.js';
import { LabelEvents } from './label-events.js';
import { LabelFeedback } from './label-feedback.js';
import { LabelSetters } from './label-setters.js';
import { LabelSwitches } from './label-switches.js';
import { migrateToLatest } from './migrate.js';
import { openSqlite, sqliteError } from './open-sqlite.js';
import type { Database } from './schema.js';
import { LibsqlDialect } from './sqlite-dialect.js';
import type { StoreError } from './store-error.js';
import { WithoutNullBytes } from './without-null-bytes.js';

interface StoreBase {
  readonly db: Kysely<Database>;
  readonly deliveries: Deliveries;
  readonly decisions: Decisions;
  readonly configurations: Configurations;
  readonly histories: Histories;
  readonly historyIssues: HistoryIssues;
  readonly historyPulls: HistoryPulls;
  readonly labelEvents: LabelEvents;
  readonly labelSetters: LabelSetters;
  readonly embeddings: Embeddings;
  readonly heads: Heads;
  readonly labelFeedback: LabelFeedback;
  readonly labelSwitches: LabelSwitches;
  /**
   * Asks the database for an answer.
   *
   * @throws StoreError when there is none
   */
  ping(): Promise<void>;
  /** Closes the connections; the store can't be used afterwards. Calling it again does nothing. */
  close(): Promise<void>;
}

export interface SqliteStore extends StoreBase {
  readonly dialect: 'sqlite';
}

export interface PostgresStore extends StoreBase {
  readonly dialect: 'postgres';
  /** For graphile-worker, which brings its own queries. */
  readonly pool: Pool;
}

export type Store = SqliteStore | PostgresStore;

export interface OpenStoreOptions {
  /** Upper bound of PostgreSQL connections, at least 4; default 12. */
  readonly connections?: number;
  /** False: a SQLite file that is not there is an error. */
  readonly create?: boolean;
}

/**
 * Opens the database that a `DATABASE_URL` names (see `parseDatabaseUrl`), creates what is missing
 * and brings its schema up to date. Several processes may open the same database at once.
 *
 * @throws StoreError with a message for a person; it never holds the password
 */
export async function openStore(
  databaseUrl: string,
  options: OpenStoreOptions = {},
): Promise<Store> {
  const location = parseDatabaseUrl(databaseUrl);
  const plugins = [new WithoutNullBytes()];
  if (location.dialect === 'sqlite') {
    const { file } = location;
    const db = new Kysely<Database>({
      dialect: new LibsqlDialect(openSqlite(file, options.create), file),
      plugins,
    });
    const explain = (error: unknown) => sqliteError(error, file);
    return { dialect: 'sqlite', ...(await ready(db, 'sqlite', explain)) };
  }
  // Loaded here: the embedded database is the common case, and needs no PostgreSQL driver.
  const { openPostgres, postgresError } = await import('./open-postgres.js');
  const pool = openPostgres(location.connectionString, Math.max(4, options.connections ?? 12));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }), plugins });
  const explain = (error: unknown) => postgresError(error, location.shown);
  return { dialect: 'postgres', pool, ...(await ready(db, 'postgres', explain)) };
}

async function ready(
  db: Kysely<Database>,
  dialect: Store['dialect'],
  explain: (error: unknown) => StoreError,
): Promise<StoreBase> {
  try {
    await migrateToLatest(db, dialect);
  } catch (error) {
    await db.destroy().catch(() => undefined);
    throw explain(error);
  }
  let closing: Promise<void> | undefined;
  return {
    db,
    deliveries: new Deliveries(db),
    decisions: new Decisions(db),
    configurations: new Configurations(db),
    histories: new Histories(db),
    historyIssues: new HistoryIssues(db),
    historyPulls: new HistoryPulls(db),
    labelEvents: new LabelEvents(db),
    labelSetters: new LabelSetters(db),
    embeddings: new Embeddings(db),
    heads: new Heads(db),
    labelFeedback: new LabelFeedback(db),
    labelSwitches: new LabelSwitches(db),
    async ping() {
      try {
        await sql`select 1`.execute(db);
      } catch (error) {
        throw explain(error);
      }
    },
    close() {
      closing ??= db.destroy();
      return closing;
    },
  };
}

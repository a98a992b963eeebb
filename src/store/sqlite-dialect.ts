import { existsSync } from 'node:fs';
import { setImmediate as rest, setTimeout as sleep } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type Libsql from 'libsql';
import { driverCode, StoreError } from './store-error.js';

/** How long a write waits for another process's write, in milliseconds. */
const WRITE_WAIT_MS = 15_000;
/** After so long, in milliseconds, the event loop has its turn before the next query. */
const REST_AFTER_MS = 20;

/**
 * Kysely on libsql. It differs from Kysely's own SQLite dialect in four ways:
 * transactions begin IMMEDIATE, so that two processes never deadlock upgrading a read lock;
 * waiting for another writer hardly blocks the event loop (SQLite's own wait is kept short and
 * the rest is slept asynchronously); a long row of queries, none of which waits for anything, lets
 * the event loop take its turn in between; and migrations run in one transaction.
 */
export class LibsqlDialect implements Dialect {
  readonly #database: Libsql.Database;
  readonly #file: string;

  /** @param file where the database lies, or `:memory:` */
  constructor(database: Libsql.Database, file: string) {
    this.#database = database;
    this.#file = file;
  }

  createDriver(): Driver {
    return new LibsqlDriver(this.#database, this.#file);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }

  createIntrospector(db: Kysely<unknown>): SqliteIntrospector {
    return new SqliteIntrospector(db);
  }
}

/** Makes the Migrator read what is pending and apply it inside one IMMEDIATE transaction. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class LibsqlDriver implements Driver {
  readonly #database: Libsql.Database;
  readonly #file: string;
  readonly #connection: LibsqlConnection;
  /** Resolves when whoever holds the connection last has released it. */
  #tail: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;
  #restedAt = 0;
  #closed = false;

  constructor(database: Libsql.Database, file: string) {
    this.#database = database;
    this.#file = file;
    this.#connection = new LibsqlConnection(database);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    // libsql aborts the whole process when a closed database is used.
    if (this.#closed) throw new StoreError('failed', 'The store is closed.');
    // SQLite goes on writing into a file that has no name any more, and all of that is lost.
    if (this.#file !== ':memory:' && !existsSync(this.#file)) {
      const message = `${this.#file} was moved or deleted: put it back, or restart Sentinel.`;
      throw new StoreError('missing', message);
    }
    this.#release = await this.#turn();
    if (performance.now() - this.#restedAt > REST_AFTER_MS) {
      await rest();
      this.#restedAt = performance.now();
    }
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async beginTransaction(): Promise<void> {
    await this.#connection.begin();
  }

  async commitTransaction(): Promise<void> {
    this.#database.exec('commit');
  }

  async rollbackTransaction(): Promise<void> {
    this.#connection.rollback();
  }

  async destroy(): Promise<void> {
    this.#closed = true;
    await this.#turn();
    try {
      // libsql really closes only when its statements are collected, so the log is moved into the
      // file here; then the file alone is the database, to be copied or looked at.
      this.#database.pragma('wal_checkpoint(truncate)');
    } catch {
      // Another process is using it, and will do so.
    }
    this.#database.close();
  }

  /** Waits for those before; resolves to what lets the next one in. */
  async #turn(): Promise<() => void> {
    const before = this.#tail;
    let release: () => void = () => undefined;
    this.#tail = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }
}

class LibsqlConnection implements DatabaseConnection {
  readonly #database: Libsql.Database;

  constructor(database: Libsql.Database) {
    this.#database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#database.inTransaction || READS.test(query.sql)) return this.#run<R>(query);
    // A write by itself is a transaction too: libsql leaves a prepared statement that met a locked
    // database unfinished, and later commits then fail; `exec` does not.
    await this.begin();
    try {
      const result = this.#run<R>(query);
      this.#database.exec('commit');
      return result;
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  // biome-ignore lint/correctness/useYield: the contract is a generator, and it only throws
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new StoreError('failed', 'The SQLite store does not stream.');
  }

  /** Begins a write, waiting for other processes' without blocking this one for long. */
  async begin(): Promise<void> {
    const deadline = Date.now() + WRITE_WAIT_MS;
    for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
      try {
        this.#database.exec('begin immediate');
        return;
      } catch (error) {
        if (!driverCode(error).startsWith('SQLITE_BUSY') || Date.now() > deadline) throw error;
      }
      await sleep(pause + Math.random() * pause);
    }
  }

  /**
   * SQLite has rolled back by itself after some errors (disk full, I/O); then there is nothing left
   * to undo, and the first error is the one to report.
   */
  rollback(): void {
    if (this.#database.inTransaction) this.#database.exec('rollback');
  }

  #run<R>(query: CompiledQuery): QueryResult<R> {
    const parameters = query.parameters.map(bindable);
    const statement = this.#database.prepare(query.sql);
    if (statement.reader) return { rows: statement.all(parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }
}

/** Statements that never wait for a writer, thanks to the write-ahead log. */
const READS = /^\s*(select|pragma)\b/i;

/** libsql aborts the whole process when given a boolean, so what it can't bind is refused here. */
function bindable(value: unknown): unknown {
  if (value === undefined) return null;
  if (value === null || Buffer.isBuffer(value)) return value;
  if (['string', 'number', 'bigint'].includes(typeof value)) return value;
  throw new StoreError('failed', `A ${typeof value} cannot be stored in SQLite.`);
}

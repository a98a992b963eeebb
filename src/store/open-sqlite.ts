import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import Libsql from 'libsql';
import { driverCode, StoreError } from './store-error.js';

/** SQLite's own, blocking wait; the dialect goes on waiting without blocking. */
const BUSY_TIMEOUT_MS = 20;

const HEADER = 'SQLite format 3\0';

/**
 * Opens (or creates) a SQLite file that only its owner can read: folder mode 700 where it is made,
 * file mode 600. Write-ahead log with synchronous=FULL: a committed transaction survives a power cut.
 *
 * @param file an absolute path, or `:memory:`
 * @param create false: a file that is not there is an error
 * @throws StoreError `missing`, `not-writable`, `corrupt`, `busy` or `failed`
 */
export function openSqlite(file: string, create = true): Libsql.Database {
  try {
    if (file !== ':memory:') {
      if (!create && !existsSync(file)) {
        const message = `There is no database at ${file}: run this where Sentinel runs, or set DATABASE_URL.`;
        throw new StoreError('missing', message);
      }
      prepareFile(file);
    }
    const database = new Libsql(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      configure(database);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  } catch (error) {
    throw sqliteError(error, file);
  }
}

/** Tells a driver's or file system's error in words a person can act on. */
export function sqliteError(error: unknown, file: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = driverCode(error);
  const options = { cause: error };
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new StoreError('corrupt', `${file} is damaged or is not a SQLite database.`, options);
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new StoreError('busy', `${file} stayed locked by another process.`, options);
  }
  if (
    /^SQLITE_(READONLY|CANTOPEN|PERM)|^(EACCES|EPERM|EROFS|ENOTDIR|EISDIR|ENOENT|EEXIST)$/.test(
      code,
    )
  ) {
    return new StoreError('not-writable', `${file} cannot be written (${code}).`, options);
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return new StoreError('not-writable', `${file} cannot grow: the disk is full.`, options);
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new StoreError('failed', `${file} cannot be used: ${reason}`, options);
}

/** Node's own recursive mkdir never returns where the system forbids new folders, as under /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it in between.
    if (driverCode(error) !== 'EEXIST') throw error;
  }
}

function prepareFile(file: string): void {
  makeFolder(path.dirname(file));
  // Creating the file first, with its mode, leaves no moment at which others could open it.
  // SQLite gives the -wal and -shm files the mode of the main one.
  const descriptor = openSync(file, 'a+', 0o600);
  try {
    const header = Buffer.alloc(HEADER.length);
    const length = readSync(descriptor, header, 0, HEADER.length, 0);
    // Looking first keeps SQLite from recovering into, or truncating, a file that isn't its own.
    if (length > 0 && header.toString('latin1', 0, length) !== HEADER) {
      throw new StoreError('corrupt', `${file} is damaged or is not a SQLite database.`);
    }
  } finally {
    closeSync(descriptor);
  }
  chmodSync(file, 0o600);
}

function configure(database: Libsql.Database): void {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      // Another process that is just creating the file holds it exclusively for a moment, and
      // SQLite does not wait by itself while it changes the journal mode.
      database.pragma('journal_mode = WAL');
      break;
    } catch (error) {
      if (!driverCode(error).startsWith('SQLITE_BUSY') || Date.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
}

import path from 'node:path';
import { StoreError } from './store-error.js';

export type DatabaseLocation =
  | { readonly dialect: 'sqlite'; readonly file: string }
  | {
      readonly dialect: 'postgres';
      readonly connectionString: string;
      /** The address without user and password, for messages. */
      readonly shown: string;
    };

const FORMS = 'Use sqlite:PATH, file:PATH, a plain path, or postgres://user@host/database.';

/**
 * Reads a `DATABASE_URL`: `sqlite:PATH`, `file:PATH` and plain paths are SQLite files (made
 * absolute), `postgres://` and `postgresql://` a server. `:memory:` is a private SQLite database.
 *
 * @throws StoreError `bad-url`
 */
export function parseDatabaseUrl(databaseUrl: string): DatabaseLocation {
  const url = databaseUrl.trim();
  if (url === '') throw new StoreError('bad-url', `The database URL is empty. ${FORMS}`);
  if (url.includes('\0'))
    throw new StoreError('bad-url', 'The database URL holds a NUL character.');
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase();
  // A single letter before the colon is a Windows drive, which the pattern leaves to plain paths.
  if (scheme === undefined) return { dialect: 'sqlite', file: sqliteFile(url) };
  if (scheme === 'postgres' || scheme === 'postgresql') return postgresLocation(url);
  if (scheme !== 'sqlite' && scheme !== 'file') {
    throw new StoreError('bad-url', `The database URL has an unknown scheme, ${scheme}:. ${FORMS}`);
  }
  const rest = url.slice(scheme.length + 1);
  if (/[?#]/.test(rest)) {
    throw new StoreError('bad-url', `A ${scheme}: database URL takes no options after ? or #.`);
  }
  return { dialect: 'sqlite', file: sqliteFile(rest.replace(/^\/\/(?=\/)/, '')) };
}

function sqliteFile(file: string): string {
  if (file === ':memory:') return file;
  if (file === '') throw new StoreError('bad-url', `The database URL names no file. ${FORMS}`);
  if (file.startsWith('//')) {
    throw new StoreError('bad-url', 'A SQLite database URL takes no host: write sqlite:/path.');
  }
  return path.resolve(file);
}

function postgresLocation(url: string): DatabaseLocation {
  // Asked first: the parser's own error quotes its input, password and all.
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || holdsCutPassword(parsed)) {
    throw new StoreError(
      'bad-url',
      'The PostgreSQL URL cannot be read. Percent-encode special characters in the password.',
    );
  }
  const database = parsed.pathname.replace(/^\//, '');
  const host = parsed.host || parsed.searchParams.get('host') || 'localhost';
  return { dialect: 'postgres', connectionString: url, shown: `postgres://${host}/${database}` };
}

/** A `/`, `?` or `#` in the password ends the host there: what is left of it would be shown. */
function holdsCutPassword({ pathname, searchParams, hash }: URL): boolean {
  return [pathname, hash, ...searchParams.keys()].some((part) => part.includes('@'));
}

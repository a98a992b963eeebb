import pg from 'pg';
import { driverCode, StoreError } from './store-error.js';

const INT8_OID = 20;
const CONNECT_TIMEOUT_MS = 10_000;
/** Without it the system asks an idle peer only after two hours, on Linux. */
const KEEP_ALIVE_AFTER_MS = 10_000;
/** Far longer than any query of ours takes, a migration of many rows included. */
const ANSWER_MS = 120_000;

/**
 * A connection pool whose `int8` columns are numbers. They hold milliseconds, counts and sequence
 * numbers, all far below 2^53. A connection that leaves a query unanswered is closed and replaced.
 *
 * @param connections upper bound of connections, at least 2
 * @param answerMs milliseconds that a query may take
 */
export function openPostgres(
  connectionString: string,
  connections: number,
  answerMs = ANSWER_MS,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    application_name: 'sentinel',
    types: {
      getTypeParser: ((oid: number, format: 'text' | 'binary') =>
        oid === INT8_OID && format !== 'binary'
          ? Number
          : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // Without listeners, a connection that the server drops would end the process. The pool replaces
  // it by itself, and a query that was running on it fails with the same error.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    closeIfSilent(client as pg.PoolClient & pg.Client, answerMs);
  });
  return pool;
}

/**
 * Closes a connection on which a query gets no answer: a firewall may have dropped it without a
 * word, and the system would go on sending for a quarter of an hour. pg's own `query_timeout` only
 * stops waiting, and gives the pool back a connection that answers nobody.
 */
function closeIfSilent(client: pg.Client, answerMs: number): void {
  const send = client.query.bind(client) as (...query: unknown[]) => unknown;
  client.query = ((...query: unknown[]) => {
    const answer = send(...query);
    if (answer instanceof Promise) {
      const timer = setTimeout(() => void client.end(), answerMs);
      const clear = () => clearTimeout(timer);
      answer.then(clear, clear);
    }
    return answer;
  }) as typeof client.query;
}

/** Tells the server's or the network's error in words a person can act on. */
export function postgresError(error: unknown, shown: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = driverCode(error);
  const options = { cause: error };
  // pg's messages name host, user and database, but never the password.
  const reason = error instanceof Error && error.message !== '' ? error.message : code;
  if (/^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|ENOENT|57P03|08)/.test(code)) {
    return new StoreError('unreachable', `${shown} does not answer: ${reason}`, options);
  }
  if (/timeout|terminated/i.test(reason)) {
    return new StoreError('unreachable', `${shown} does not answer: ${reason}`, options);
  }
  if (code.startsWith('28') || code === '3D000') {
    return new StoreError('unreachable', `${shown} refuses the connection: ${reason}`, options);
  }
  if (code === '42501' || code === '25006') {
    return new StoreError('not-writable', `${shown} cannot be written: ${reason}`, options);
  }
  return new StoreError('failed', `${shown} cannot be used: ${reason}`, options);
}

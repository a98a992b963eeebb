import type { Pool, PoolClient, QueryConfig } from 'pg';

/**
 * The pool as graphile-worker sees it: its own recording of a job's end is left out, because our
 * transactions have recorded it already (`completeJob`, `failJob`), together with the delivery.
 *
 * Leaving it out is more than thrift. graphile-worker 0.17 doesn't observe the promises of these
 * writes, so a connection that breaks under one would end the process; its batches, which do,
 * never come to rest after an error. And its completion deletes by id alone, even a job whose
 * lease another process has taken over.
 */
export function poolForGraphile(pool: Pool): Pool {
  return new Proxy(pool, {
    get(target, property) {
      if (property === 'connect') return connectTo(target);
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

type ConnectCallback = Parameters<Pool['connect']>[0];

function connectTo(pool: Pool) {
  return (callback?: ConnectCallback) => {
    // With a callback it connects to listen, for which it needs the whole client.
    if (callback !== undefined) return pool.connect(callback);
    return Promise.resolve(new LazyClient(pool));
  };
}

/** Connects at the first query that is sent, so that what is left out can't fail to connect. */
class LazyClient {
  readonly #pool: Pool;
  #client: Promise<PoolClient> | null = null;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async query(query: string | QueryConfig, values?: unknown[]): Promise<unknown> {
    if (typeof query !== 'string' && LEFT_OUT.test(query.name ?? '')) {
      return { rows: [], rowCount: 0 };
    }
    this.#client ??= this.#pool.connect();
    const client = await this.#client;
    return values === undefined ? client.query(query) : client.query(query, values);
  }

  async release(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    client?.release();
  }
}

/** graphile-worker's names for its prepared statements (`dist/sql/completeJobs.js`, `failJobs.js`). */
const LEFT_OUT = /^(complete|fail)_jobs?(_q)?\//;

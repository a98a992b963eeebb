import { connect, createServer, type Server, type Socket } from 'node:net';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgres, postgresError } from '../../src/store/open-postgres.js';
import { describeWithPostgres, startPostgres, type TestPostgres } from '../support/postgres.js';

/** A way to a server that can swallow what is sent, as a firewall that forgot a connection does. */
interface Way {
  readonly url: string;
  /** Passes nothing on any more over the connections that there are; new ones work. */
  swallow(): void;
  close(): void;
}

async function openWay(url: string): Promise<Way> {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  const server: Server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) {
      socket.on('error', () => undefined);
      sockets.push(socket);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const way = new URL(url);
  way.port = String(typeof address === 'object' && address ? address.port : 0);
  return {
    url: way.href,
    swallow() {
      for (const socket of sockets) socket.unpipe().resume();
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** As Kysely and graphile-worker ask: on a client that is given back whatever comes of it. */
async function ask(pool: pg.Pool, text: string): Promise<unknown[]> {
  const client = await pool.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    client.release();
  }
}

describeWithPostgres('a pool of PostgreSQL connections', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('gives up a connection that went silent, and asks on a new one', async () => {
    const way = await openWay(await postgres.createDatabase());
    const pool = openPostgres(way.url, 1, 300);
    try {
      await ask(pool, 'select 1');
      way.swallow();
      const error = await ask(pool, 'select 2').then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(postgresError(error, 'the database').message).toMatch(/does not answer/);
      expect(await ask(pool, 'select 3 as three')).toEqual([{ three: 3 }]);
    } finally {
      await pool.end();
      way.close();
    }
  });

  it('gives up a query that takes too long, and with it its transaction', async () => {
    const pool = openPostgres(await postgres.createDatabase(), 1, 300);
    try {
      await ask(pool, 'create table things (name text)');
      const client = await pool.connect();
      await client.query('begin');
      await client.query("insert into things values ('a')");
      await expect(client.query('select pg_sleep(20)')).rejects.toThrow(/terminated/);
      client.release();
      expect(await ask(pool, 'select * from things')).toEqual([]);
    } finally {
      await pool.end();
    }
  });
});

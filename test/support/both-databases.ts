import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { openStore, type Store } from '../../src/store/open-store.js';
import { describeWithPostgres, startPostgres, type TestPostgres } from './postgres.js';

/**
 * Defines the same tests on SQLite and on PostgreSQL, or says why the latter are skipped.
 *
 * @param define defines them; the store it is called back with is fresh for each test
 */
export function onBothDatabases(
  what: string,
  define: (useStore: (take: (store: Store) => void) => void) => void,
): void {
  const defineOn = (freshUrl: () => string | Promise<string>) =>
    define((take) =>
      beforeEach(async () => {
        const store = await openStore(await freshUrl());
        take(store);
        return () => store.close();
      }),
    );

  describe(`${what}, on SQLite`, () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-store-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    let stores = 0;
    defineOn(() => `sqlite:${path.join(folder, `${++stores}.sqlite`)}`);
  });

  describeWithPostgres(`${what}, on PostgreSQL`, () => {
    let server: TestPostgres;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server.stop());
    defineOn(() => server.createDatabase());
  });
}

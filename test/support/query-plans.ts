import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CompiledQuery, DefaultQueryCompiler } from 'kysely';
import Libsql from 'libsql';
import { vi } from 'vitest';
import { openStore, type Store } from '../../src/store/open-store.js';

/**
 * How SQLite carries out every query of a look into an empty store, a line a step
 * (https://sqlite.org/eqp.html): `SEARCH` goes by an index, `SCAN` through all rows. Without statistics the
 * plan does not depend on how many rows there are.
 */
export async function queryPlans(look: (store: Store) => Promise<unknown>): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-plans-'));
  const file = path.join(folder, 'store.sqlite');
  const store = await openStore(`sqlite:${file}`);
  try {
    const compiled = vi.spyOn(DefaultQueryCompiler.prototype, 'compileQuery');
    await look(store);
    const queries = compiled.mock.results.map(({ value }) => value as CompiledQuery);
    compiled.mockRestore();
    const database = new Libsql(file, { readonly: true });
    const steps = queries.flatMap(({ sql, parameters }) =>
      database.prepare(`explain query plan ${sql}`).all(...parameters),
    );
    database.close();
    return steps.map((step) => (step as { detail: string }).detail);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

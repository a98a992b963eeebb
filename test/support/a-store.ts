import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach } from 'vitest';
import { openStore, type Store } from '../../src/store/open-store.js';

/** Hands each test of this file or block a store of its own, before its other set-up. */
export function useTestStore(take: (store: Store) => void): void {
  beforeEach(async () => {
    const { store, close } = await openTestStore();
    take(store);
    return close;
  });
}

/** A fresh SQLite store in a folder of its own; `close` removes both. */
export async function openTestStore(): Promise<{ store: Store; close(): Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-test-'));
  const store = await openStore(`sqlite:${path.join(folder, 'store.sqlite')}`);
  return {
    store,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

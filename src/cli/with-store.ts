import { readStoreEnvironment } from '../config/environment.js';
import { type OpenStoreOptions, openStore, type Store } from '../store/open-store.js';
import type { Io } from './command.js';

/** Opens the store that the environment names, works with it, and closes it whatever happens. */
export async function withStore<T>(
  io: Io,
  work: (store: Store) => Promise<T>,
  options: OpenStoreOptions = {},
): Promise<T> {
  const store = await openStore(readStoreEnvironment(io.env).databaseUrl, options);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

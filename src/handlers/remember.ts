import type { LRUCache } from 'lru-cache';

/** One reading serves all who ask while it runs; a failed one is forgotten. */
export function remember<T>(
  cache: LRUCache<string, Promise<T>>,
  key: string,
  read: () => Promise<T>,
): Promise<T> {
  const known = cache.get(key);
  if (known) {
    return known;
  }
  const reading = read();
  cache.set(key, reading);
  reading.catch(() => cache.delete(key));
  return reading;
}

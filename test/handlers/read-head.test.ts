import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createHeadReader } from '../../src/handlers/read-head.js';
import type { Store } from '../../src/store/open-store.js';
import { aHead, headInUse } from '../support/a-head.js';
import { useTestStore } from '../support/a-store.js';

const HEAD = await aHead();
let store: Store;

useTestStore((opened) => {
  store = opened;
});
beforeEach(async () => {
  for (const repository of ['octo/a', 'octo/b', 'octo/c']) {
    await store.heads.add(headInUse(repository, HEAD, Date.now()));
  }
});

describe('a reader of heads', () => {
  it('reads one once for all who ask meanwhile and soon after', async () => {
    const heads = createHeadReader(store);
    const reading = vi.spyOn(store.heads, 'inUse');
    await Promise.all([heads.read('octo/a'), heads.read('octo/a')]);
    expect((await heads.read('octo/a'))?.version).toBe(1);
    expect(await heads.read('octo/a', 'pulls')).toBeNull();
    expect(await heads.read('octo/a', 'pulls')).toBeNull();
    expect(reading).toHaveBeenCalledTimes(2);
  });

  it('remembers no more than fit in its memory, those asked for last', async () => {
    const [group] = HEAD.groups;
    const bytes = Buffer.byteLength(group?.textWeights ?? '', 'base64');
    // Unpacked, its weights take twice that; two heads fit and three do not.
    const heads = createHeadReader(store, 6 * bytes);
    const reading = vi.spyOn(store.heads, 'inUse');
    for (const name of ['a', 'b', 'b', 'c', 'c', 'a']) await heads.read(`octo/${name}`);
    expect(reading.mock.calls.map(([repository]) => repository)).toEqual([
      'octo/a',
      'octo/b',
      'octo/c',
      'octo/a',
    ]);
  });

  it('keeps nothing of one that is forgotten while it is read', async () => {
    const heads = createHeadReader(store);
    const before = heads.read('octo/a');
    heads.forget('octo/a');
    expect((await before)?.version).toBe(1);
    const reading = vi.spyOn(store.heads, 'inUse');
    await heads.read('octo/a');
    expect(reading).toHaveBeenCalledTimes(1);
  });

  it('asks again after a reading that failed', async () => {
    const heads = createHeadReader(store);
    vi.spyOn(store.heads, 'inUse').mockRejectedValueOnce(new Error('The store is closed.'));
    await expect(heads.read('octo/a')).rejects.toThrow('The store is closed.');
    expect((await heads.read('octo/a'))?.version).toBe(1);
  });
});

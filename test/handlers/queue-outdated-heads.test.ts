import { beforeEach, describe, expect, it } from 'vitest';
import { queueOutdatedHeads } from '../../src/handlers/queue-due-learning.js';
import { ModelUnavailableError } from '../../src/models/encoder.js';
import type { NewDelivery } from '../../src/queue/queue.js';
import type { Store } from '../../src/store/open-store.js';
import { aHead } from '../support/a-head.js';
import { useTestStore } from '../support/a-store.js';

const HEAD = await aHead();
const CURRENT = { name: 'issue-encoder', version: 'test' };
const CHANGES = { name: 'change-encoder', version: '2' };
let store: Store;
let queued: NewDelivery[];

useTestStore((opened) => {
  store = opened;
});
beforeEach(async () => {
  queued = [];
});

async function useHead(
  repository: string,
  subject: 'issues' | 'pulls',
  encoder: { readonly name: string; readonly version: string },
): Promise<void> {
  await store.histories.save({
    repository,
    installation_id: 7,
    position: '{}',
    finished_at: 1,
    learned_at: 1,
    result: null,
  });
  await store.heads.add({
    repository,
    subject,
    data_hash: HEAD.dataHash,
    in_use: 1,
    because: 'It is the first.',
    learned_at: 1,
    head: JSON.stringify({ ...HEAD, encoder: { ...HEAD.encoder, ...encoder } }),
  });
}

/** What is queued when the models are these; null: the change encoder is damaged. */
function atStart(changes: typeof CHANGES | null = CHANGES): Promise<string[]> {
  return queueOutdatedHeads({
    store,
    queue: {
      enqueue: async (delivery) => {
        queued.push(delivery);
        return 'queued';
      },
    },
    encoder: {
      manifest: CURRENT,
      beside: async () => {
        if (changes === null) throw new ModelUnavailableError('It is damaged.', new Date());
        return { manifest: changes } as never;
      },
    },
  });
}

describe('after an update', () => {
  it('heads of the models of the day stay', async () => {
    await useHead('octo/both', 'issues', CURRENT);
    await useHead('octo/both', 'pulls', CHANGES);
    expect(await atStart()).toEqual([]);
    expect(queued).toEqual([]);
  });

  it('a head for pull requests of another change encoder is learned again', async () => {
    await useHead('octo/both', 'issues', CURRENT);
    await useHead('octo/both', 'pulls', { ...CHANGES, version: '1' });
    await useHead('octo/pulls', 'pulls', { ...CHANGES, version: '1' });
    expect(await atStart()).toEqual(['octo/both', 'octo/pulls']);
    expect(queued).toMatchObject([{ key: 'octo/both@learning' }, { key: 'octo/pulls@learning' }]);
  });

  it('a repository with two such heads is learned once', async () => {
    await useHead('octo/both', 'issues', { ...CURRENT, version: '0' });
    await useHead('octo/both', 'pulls', { ...CHANGES, version: '1' });
    expect(await atStart()).toEqual(['octo/both']);
    expect(queued).toHaveLength(1);
  });

  it('a damaged change encoder keeps no head for issues from it', async () => {
    await useHead('octo/both', 'issues', { ...CURRENT, version: '0' });
    await expect(atStart(null)).rejects.toThrow(ModelUnavailableError);
    expect(queued).toHaveLength(1);
  });
});

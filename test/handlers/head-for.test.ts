import { beforeEach, expect, it } from 'vitest';
import { headFor } from '../../src/handlers/head-for.js';
import { createHeadReader } from '../../src/handlers/read-head.js';
import type { NewDelivery } from '../../src/queue/queue.js';
import type { Store } from '../../src/store/open-store.js';
import { aHead, headInUse } from '../support/a-head.js';
import { useTestStore } from '../support/a-store.js';

const TARGET = { installationId: 7, repository: 'octo/widgets' };
const HEAD = await aHead();
let store: Store;
let queued: NewDelivery[];

useTestStore((opened) => {
  store = opened;
});
beforeEach(async () => {
  queued = [];
  await store.heads.add(headInUse(TARGET.repository, HEAD, Date.now()));
});

const ask = (
  precision: number,
  subject: 'issues' | 'pulls' = 'issues',
  encoder = HEAD.encoder,
  width = 2,
) =>
  headFor(
    TARGET,
    { manifest: encoder, width },
    subject,
    { precision },
    {
      heads: createHeadReader(store),
      queue: {
        enqueue: async (delivery) => {
          queued.push(delivery);
          return 'queued';
        },
      },
    },
  );

it('the head in use is the one for the subject and the encoder', async () => {
  expect((await ask(0.9))?.version).toBe(1);
  expect(await ask(0.9, 'pulls')).toBeNull();
  expect(await ask(0.9, 'issues', { ...HEAD.encoder, version: 'another' })).toBeNull();
  expect(queued).toEqual([]);
});

it('one that keeps another promise than is asked for is used, and learning anew is queued once', async () => {
  expect((await ask(0.95))?.version).toBe(1);
  await ask(0.95);
  expect(queued).toMatchObject([{ event: 'sentinel.learn' }, { id: queued[0]?.id }]);
  await ask(0.8);
  expect(queued[2]?.id).not.toBe(queued[0]?.id);
});

it('one learned from encodings of another width is not used, and learning anew is queued once', async () => {
  expect(await ask(0.9, 'issues', HEAD.encoder, 384)).toBeNull();
  await ask(0.9, 'issues', HEAD.encoder, 384);
  expect(queued).toMatchObject([{ event: 'sentinel.learn' }, { id: queued[0]?.id }]);
});

it('one that is damaged is none', async () => {
  await store.heads.rewrite(TARGET.repository, 1, JSON.stringify({ ...HEAD, labels: [] }));
  expect(await ask(0.9)).toBeNull();
});

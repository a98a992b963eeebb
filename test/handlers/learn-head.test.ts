import { expect, it } from 'vitest';
import { learnHead } from '../../src/handlers/learn-head.js';
import type { Head } from '../../src/learning/head.js';
import { packFloats } from '../../src/learning/pack-numbers.js';
import type { Store } from '../../src/store/open-store.js';
import { aHead } from '../support/a-head.js';
import { useTestStore } from '../support/a-store.js';

const NAME = 'octo/widgets';
const HEAD = await aHead();
let store: Store;

useTestStore((opened) => {
  store = opened;
});

/** Learns, with this head in use, which learned from the same issues unless told otherwise. */
async function learnOver(inUse: unknown, dataHash = HEAD.dataHash) {
  await store.heads.add({
    repository: NAME,
    data_hash: dataHash,
    in_use: 1,
    because: 'It is the first.',
    learned_at: 1,
    head: JSON.stringify(inUse),
  });
  const learner = {
    seenByEncoder: async () => () => false,
    learn: async () => HEAD,
    choose: async () => ({ take: false, because: 'It is not better.' }),
  };
  const { encoder, precision } = HEAD;
  const task = { repository: NAME, subject: 'issues' as const, examples: [], encoder, precision };
  return learnHead(task, { store, learner });
}

/** The head with encodings of one number more. */
function wider(): Head {
  const groups = HEAD.groups.map((group) => ({
    ...group,
    embeddingWeights: packFloats(Float32Array.of(1, 1, 1, 1)),
  }));
  return { ...HEAD, groups };
}

it('says so when nothing has changed', async () => {
  expect(await learnOver(HEAD)).toMatchObject({ version: 1, inUse: true });
});

it('compares with a head in use that learned from other issues', async () => {
  const learned = await learnOver(HEAD, '0'.repeat(64));
  expect(learned).toEqual({ version: 2, inUse: false, because: 'It is not better.' });
});

it.each<[string, unknown]>([
  ['of another form', { ...HEAD, schema: 1 }],
  ['that is damaged', { ...HEAD, labels: [] }],
  ['for encodings of another width', wider()],
  ['of another encoder', { ...HEAD, encoder: { ...HEAD.encoder, version: '0' } }],
  ['with another promise', { ...HEAD, precision: 0.8 }],
])('replaces a head in use %s, though nothing has changed', async (_, inUse) => {
  expect(await learnOver(inUse)).toMatchObject({ version: 2, inUse: true });
});

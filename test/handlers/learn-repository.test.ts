import { beforeEach, describe, expect, it } from 'vitest';
import { hashText } from '../../src/handlers/encode-text.js';
import { learnRepository } from '../../src/handlers/learn-repository.js';
import type { Example } from '../../src/learning/labelled-issue.js';
import type { Store } from '../../src/store/open-store.js';
import { prepareIssue } from '../../src/triage/prepare-issue.js';
import { aHead } from '../support/a-head.js';
import { useTestStore } from '../support/a-store.js';

const NAME = 'octo/widgets';
let store: Store;
/** What was learned from, where anything was. */
let learnedFrom: readonly Example[] | null;

useTestStore((opened) => {
  store = opened;
});
beforeEach(async () => {
  learnedFrom = null;
  const ada = { repository: NAME, login: 'ada', role: 'triage', trusted: 1, checked_at: 0 };
  await store.labelSetters.save(ada);
  const unread = { position: '{}', finished_at: 1, learned_at: null, result: null };
  await store.histories.save({ repository: NAME, installation_id: 7, ...unread });
});

/** The n-th issue; of a template nothing is read but what was written into it. */
const written = (n: number) => ({
  title: `Crash ${n}`,
  body: `### What happened\n\nIt broke ${n}.`,
});

async function label(count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    const row = { repository: NAME, number, author: 'bob', author_association: null };
    const at = { created_at: number, updated_at: number };
    await store.historyIssues.save([{ ...row, ...at, ...written(number), labels: '["bug"]' }]);
    const event = { repository: NAME, issue: number, label: 'bug', action: 'added' } as const;
    await store.labelEvents.save([{ ...event, id: number, actor: 'ada', bot: 0, at: number }]);
  }
}

async function learn(version = '1', onProgress?: (done: number, all: number) => void) {
  const head = await aHead();
  return learnRepository(NAME, {
    store,
    encoder: {
      manifest: { name: 'encoder', version } as never,
      classify: async (text) =>
        ({ logits: [text.length], embedding: Float32Array.of(text.length) }) as never,
    },
    learner: {
      seenByEncoder: async () => (text) => text.includes('broke 7.'),
      learn: async (examples) => {
        learnedFrom = examples;
        return head;
      },
      choose: async () => ({ take: false, because: 'It is no better.' }),
    },
    precision: 0.9,
    ...(onProgress ? { onProgress } : {}),
  });
}

describe('a repository', () => {
  it('is not learned from with fewer than thirty labelled issues, and says so', async () => {
    await label(29);
    const because = '29 issues are labelled by people who may triage; it takes 30.';
    expect(await learn()).toEqual({ issues: 29, version: null, inUse: false, because });
    expect(learnedFrom).toBeNull();
    expect(await store.histories.find(NAME)).toMatchObject({ result: because });
  });

  it('is learned from with thirty, by what is read of their texts', async () => {
    await label(30);
    const told: [number, number][] = [];
    const learned = await learn('1', (done, all) => told.push([done, all]));
    expect(learned).toMatchObject({ issues: 30, version: 1, inUse: true });
    expect(told.at(0)).toEqual([1, 30]);
    expect(told.at(-1)).toEqual([30, 30]);
    expect(learnedFrom).toHaveLength(30);
    const texts = learnedFrom?.map(({ text }) => text);
    expect(texts).toEqual(Array.from({ length: 30 }, (_, n) => prepareIssue(written(n + 1))));
    for (const { text, encoding, seen } of learnedFrom ?? []) {
      expect([...encoding.embedding]).toEqual([text.length]);
      expect(seen).toBe(text.includes('broke 7.'));
    }
    expect((await store.heads.inUse(NAME, 'issues'))?.version).toBe(1);
    expect(await store.heads.inUse(NAME, 'pulls')).toBeUndefined();
  });

  it('keeps encodings of the encoder in use alone, and they go with it', async () => {
    await label(30);
    const hashes = [hashText(prepareIssue(written(1)))];
    await learn('1');
    expect((await store.embeddings.find(hashes, 'encoder 1')).size).toBe(1);
    await learn('2');
    expect((await store.embeddings.find(hashes, 'encoder 1')).size).toBe(0);
    expect((await store.embeddings.find(hashes, 'encoder 2')).size).toBe(1);
    await store.histories.forget(NAME);
    expect((await store.embeddings.find(hashes, 'encoder 2')).size).toBe(0);
  });
});

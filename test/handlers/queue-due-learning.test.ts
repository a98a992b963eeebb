import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { learnRepository } from '../../src/handlers/learn-repository.js';
import { queueDueLearning } from '../../src/handlers/queue-due-learning.js';
import { readHistory } from '../../src/handlers/read-history.js';
import { routeDelivery } from '../../src/handlers/table.js';
import { chooseHead } from '../../src/learning/choose-head.js';
import { learnHead } from '../../src/learning/learn-head.js';
import type { NewDelivery } from '../../src/queue/queue.js';
import type { Store } from '../../src/store/open-store.js';
import { anInstallation, closeNetwork } from '../github/an-installation.js';
import { useTestStore } from '../support/a-store.js';
import { type ServedHistory, serveHistory } from '../support/history-server.js';
import { AREAS, complaint } from '../support/written-history.js';

const NAME = 'octo/widgets';
const HOUR_MS = 3_600_000;
/** Events from this id on are later than any learning of this test. */
const LATER = 10_000_000;
let store: Store;
let served: ServedHistory;

useTestStore((opened) => {
  store = opened;
});
beforeEach(async () => {
  closeNetwork();
  served = { issues: [], events: [], roles: { ada: 'triage' }, asked: [], limited: 0 };
  for (let n = 0; n < 80; n += 1) write(n, n + 1);
  serveHistory(NAME, served);
  expect(await readAndLearn()).toMatchObject({ issues: 80, version: 1 });
});
afterEach(closeNetwork);

/** An issue about one of two areas, labelled by who may. */
function write(n: number, eventId: number): void {
  const label = AREAS[n % 2] ?? 'area: network';
  const { title, body } = complaint(label, n);
  served.issues.push({ number: n + 1, title: `${title}. ${body}`, labels: [label] });
  served.events.push({ id: eventId, issue: n + 1, label, actor: 'ada' });
}

async function readAndLearn() {
  expect(await readHistory(anInstallation(), NAME, store, { maxCalls: 1000 })).toBe(true);
  return await learnRepository(NAME, {
    store,
    encoder: {
      manifest: { name: 'encoder', version: '1', temperature: 1 } as never,
      classify: async (text) =>
        ({
          logits: [0, 0, 0],
          embedding: Float32Array.of(text.length % 2, 1 - (text.length % 2)),
          label: 'bug',
        }) as never,
    },
    learner: {
      seenByEncoder: async () => () => false,
      learn: async (examples, encoder, precision) =>
        learnHead(examples, { encoder, precision, learnedAt: new Date().toISOString() }),
      choose: async (...heads) => chooseHead(...heads),
    },
    precision: 0.9,
  });
}

/** What the nightly timer queues so many hours from now. */
async function atNight(hours: number): Promise<NewDelivery[]> {
  const queued: NewDelivery[] = [];
  const queue = {
    enqueue: async (delivery: NewDelivery) => {
      queued.push(delivery);
      return 'queued' as const;
    },
  };
  const context = { store, queue, encoder: { manifest: { name: 'encoder', version: '1' } } };
  const due = await queueDueLearning(context, Date.now() + hours * HOUR_MS);
  expect(due).toHaveLength(queued.length);
  return queued;
}

/** People label so many more issues. */
async function label(count: number): Promise<void> {
  for (let n = 80; n < 80 + count; n += 1) write(n, LATER + n);
  await readHistory(anInstallation(), NAME, store, { maxCalls: 1000 });
}

describe('learning at night', () => {
  it('learns again when people labelled enough since, once', async () => {
    const before = await store.histories.find(NAME);
    await label(20);
    const [delivery, ...others] = await atNight(21);
    expect(others).toEqual([]);
    expect(routeDelivery('sentinel', JSON.parse(delivery?.payload ?? ''))).toMatchObject({
      event: 'sentinel.learn',
    });
    expect(await readAndLearn()).toMatchObject({ issues: 100, version: 2 });
    const after = await store.histories.find(NAME);
    expect(after?.learned_at).toBeGreaterThanOrEqual(before?.learned_at ?? Number.NaN);
    expect(await atNight(1)).toEqual([]);
  });

  it('leaves alone what was learned within a day', async () => {
    await label(20);
    expect(await atNight(19)).toEqual([]);
  });

  it('tries again, once a day, what was never learned from to the end', async () => {
    const unfinished = { repository: 'octo/suspended', installation_id: 7, position: '{}' };
    await store.histories.save({
      ...unfinished,
      finished_at: null,
      learned_at: null,
      result: null,
    });
    const [first, ...others] = await atNight(1);
    expect(others).toEqual([]);
    expect(JSON.parse(first?.payload ?? '')).toMatchObject({
      repository: { full_name: 'octo/suspended' },
    });
    const [sameNight] = await atNight(1);
    const [nextNight] = await atNight(25);
    expect(sameNight?.id).toBe(first?.id);
    expect(nextNight?.id).not.toBe(first?.id);
  });

  it('leaves alone where little has changed', async () => {
    await label(19);
    expect(await atNight(21)).toEqual([]);
  });
});

import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_REPOSITORY_CONFIG } from '../../src/config/repository-config.js';
import type { HandlerContext } from '../../src/handlers/event-handler.js';
import { queueDueLearning } from '../../src/handlers/queue-due-learning.js';
import {
  queueLearning,
  queueLearningDaily,
  queueLearningOfUnknown,
  queueLearningOnce,
} from '../../src/handlers/queue-learning.js';
import { sentinelLearn } from '../../src/handlers/sentinel-learn.js';
import { routeDelivery } from '../../src/handlers/table.js';
import type { NewDelivery } from '../../src/queue/queue.js';
import type { Store } from '../../src/store/open-store.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { API, anInstallation, closeNetwork } from '../github/an-installation.js';
import { openTestStore, useTestStore } from '../support/a-store.js';
import { serveHistory } from '../support/history-server.js';

const TARGET = { installationId: 7, repository: 'Octo/Widgets' };

function aQueue() {
  const queued: NewDelivery[] = [];
  return {
    queued,
    enqueue: async (delivery: NewDelivery) => {
      queued.push(delivery);
      return 'queued' as const;
    },
  };
}

describe('learning, queued', () => {
  it('finds its handler again, and waits for no issue', async () => {
    const queue = aQueue();
    await queueLearning(queue, TARGET, 'because');
    const [delivery] = queue.queued;
    expect(delivery).toMatchObject({ event: 'sentinel.learn', key: 'octo/widgets@learning' });
    expect(routeDelivery('sentinel', JSON.parse(delivery?.payload ?? ''))).toEqual({
      event: 'sentinel.learn',
      key: 'octo/widgets@learning',
    });
  });

  it('has one id for one occasion, whatever the case, and else a new one each time', async () => {
    const queue = aQueue();
    await queueLearningOnce(queue, TARGET, 'new');
    await queueLearningOnce(queue, { ...TARGET, repository: 'octo/widgets' }, 'new');
    await queueLearning(queue, TARGET, 'because');
    await queueLearning(queue, TARGET, 'because');
    const ids = queue.queued.map(({ id }) => id);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
  });

  it('has one id a day where it is asked for daily', async () => {
    const queue = aQueue();
    const hours = (count: number) => Date.parse('2026-01-01T01:00:00Z') + count * 3_600_000;
    for (const now of [hours(0), hours(22), hours(23)]) {
      await queueLearningDaily(queue, TARGET, 'new', now);
    }
    const [first, sameDay, nextDay] = queue.queued.map(({ id }) => id);
    expect(sameDay).toBe(first);
    expect(nextDay).not.toBe(first);
  });

  it('is asked for by each repository that the App is installed on', () => {
    const payload = {
      action: 'created',
      installation: { id: 7 },
      repositories: [{ full_name: 'octo/a' }],
    };
    const key = 'installation@7';
    expect(routeDelivery('installation', payload)).toEqual({ event: 'installation.created', key });
    const added = { action: 'added', installation: { id: 7 } };
    expect(routeDelivery('installation_repositories', added)).toBeNull();
    expect(
      routeDelivery('installation_repositories', {
        ...added,
        repositories_added: [{ full_name: 'octo/b' }],
      }),
    ).toEqual({ event: 'installation_repositories.added', key });
  });

  it.each(['octo', 'a/b/c', '', 'a b/c'])('refuses the repository "%s"', (full_name) => {
    const payload = { action: 'learn', installation: { id: 7 }, repository: { full_name } };
    expect(routeDelivery('sentinel', payload)).toBeNull();
  });
});

describe('a first learning that GitHub refuses', () => {
  const name = 'octo/widgets';
  let store: Store;

  useTestStore((opened) => {
    store = opened;
  });
  beforeEach(closeNetwork);
  afterEach(closeNetwork);

  it.each([
    ['is tried again at night while the App is suspended', 403, 'suspended', [name]],
    ['is given up where the repository is out of sight', 404, 'Not Found', []],
  ])('%s', async (_, status, message, due) => {
    nock(API)
      .get(/issues/)
      .reply(status, { message });
    const queue = aQueue();
    const context = {
      github: { installation: () => anInstallation() },
      queue,
      store,
      logger: createLogger('silent'),
    } as unknown as HandlerContext;
    const payload = { action: 'learn', installation: { id: 7 }, repository: { full_name: name } };
    await sentinelLearn.accept(payload)?.perform({} as never, context);
    const encoder = { manifest: { name: 'encoder', version: '1' } };
    expect(await queueDueLearning({ store, queue, encoder })).toEqual(due);
  });
});

it('a repository is learned from where it is not known, or through an installation before', async () => {
  const { store, close } = await openTestStore();
  const queue = aQueue();
  await queueLearningOfUnknown(TARGET, { queue, store });
  expect(queue.queued).toMatchObject([{ event: 'sentinel.learn' }]);
  const done = { position: '{}', finished_at: 1, learned_at: 1, result: '' };
  await store.histories.save({ repository: TARGET.repository, installation_id: 7, ...done });
  await queueLearningOfUnknown(TARGET, { queue, store });
  expect(queue.queued).toHaveLength(1);
  // The event of an earlier one is late.
  await queueLearningOfUnknown({ ...TARGET, installationId: 6 }, { queue, store });
  expect(queue.queued).toHaveLength(1);
  await queueLearningOfUnknown({ ...TARGET, installationId: 8 }, { queue, store });
  const [, second] = queue.queued;
  expect(JSON.parse(second?.payload ?? '').installation.id).toBe(8);
  await close();
});

describe('learning, while many pull requests are unread', () => {
  const name = 'octo/widgets';
  const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
  let store: Store;

  useTestStore((opened) => {
    store = opened;
  });
  beforeEach(async () => {
    closeNetwork();
    serveHistory(name, {
      issues: numbers.map((number) => ({ number, labels: ['area: api'], pullRequest: true })),
      events: numbers.map((id) => ({ id, issue: id, label: 'area: api', actor: 'ada' })),
      roles: { ada: 'triage' },
      asked: [],
      limited: 0,
    });
    nock(API)
      .persist()
      .get(/\/pulls\/\d+\/files/)
      .reply(200, [{ filename: 'src/api.ts', status: 'modified', additions: 1, deletions: 0 }]);
  });
  afterEach(closeNetwork);

  it('learns from issues first, once, and from pull requests when all are read', async () => {
    const queue = aQueue();
    const forgotten: string[] = [];
    const context = {
      github: { installation: () => anInstallation() },
      repositories: { config: async () => DEFAULT_REPOSITORY_CONFIG },
      heads: { forget: (repository: string) => forgotten.push(repository) },
      // There are too few issues and areas to learn: it is not asked.
      encoder: { beside: () => Promise.reject(new Error('not asked')) },
      queue,
      store,
      logger: createLogger('silent'),
    } as unknown as HandlerContext;
    const payload = {
      action: 'learn',
      installation: { id: 7 },
      repository: { full_name: name },
    };
    const learn = (asked: object = payload) =>
      sentinelLearn.accept(asked)?.perform({} as never, context);

    await learn();
    const first = await store.histories.find(name);
    expect(first?.result).toContain('0 issues are labelled');
    expect(first?.pulls_result ?? null).toBeNull();
    expect(queue.queued).toHaveLength(1);
    expect(forgotten).toEqual([name]);

    const rest = JSON.parse(queue.queued[0]?.payload ?? '');
    await expect(learn(rest)).rejects.toThrow('not asked');
    const read = await store.historyPulls.labelled(name, 100);
    expect(read.filter(({ text }) => text !== null)).toHaveLength(40);
    expect(queue.queued).toHaveLength(1);

    // A public repository could still be read.
    await store.histories.forget(name);
    await learn(rest);
    expect(await store.histories.find(name)).toBeUndefined();
    await expect(learn()).resolves.toBeUndefined();
    expect(await store.histories.find(name)).toBeDefined();
  });
});

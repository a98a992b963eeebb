import { beforeEach, describe, expect, it } from 'vitest';
import { hashText } from '../../src/handlers/encode-text.js';
import type { HandlerContext } from '../../src/handlers/event-handler.js';
import { forgetIssue } from '../../src/handlers/forget-history.js';
import { createHeadReader } from '../../src/handlers/read-head.js';
import { handleDelivery, routeDelivery } from '../../src/handlers/table.js';
import type { NewDelivery } from '../../src/queue/queue.js';
import type { Store } from '../../src/store/open-store.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { prepareIssue } from '../../src/triage/prepare-issue.js';
import { aHead, headInUse } from '../support/a-head.js';
import { useTestStore } from '../support/a-store.js';

const GONE = 'octo/widgets';
const STAYS = 'octo/gadgets';
const MODEL = 'encoder 1';
let store: Store;
let queued: NewDelivery[];
let context: HandlerContext;
/** Repositories whose labels are read anew from now on. */
let relabelled: string[];

useTestStore((opened) => {
  store = opened;
});
beforeEach(async () => {
  queued = [];
  const enqueue = async (delivery: NewDelivery) => {
    queued.push(delivery);
    return 'queued' as const;
  };
  const logger = createLogger('silent');
  const heads = createHeadReader(store);
  relabelled = [];
  const repositories = { forgetLabels: (name: string) => relabelled.push(name) };
  context = { store, heads, repositories, logger, queue: { enqueue } } as unknown as HandlerContext;
  for (const repository of [GONE, STAYS]) await fill(repository);
});

const textOf = (repository: string) =>
  prepareIssue({ title: `A crash in ${repository}`, body: 'It stops.' });
const pullTextOf = (repository: string) => `fix a crash of ${repository}`;

/** Everything that is kept of a repository: one issue, one pull request and what came of them. */
async function fill(repository: string): Promise<void> {
  const row = { repository, title: `A crash in ${repository}`, labels: '["bug"]', author: 'ada' };
  const at = Date.now();
  const dates = { created_at: at, updated_at: at };
  await knowThrough(7, repository);
  const body = 'It stops.';
  await store.historyIssues.save([{ ...row, ...dates, number: 1, author_association: null, body }]);
  await store.historyPulls.save([{ ...row, ...dates, number: 2 }]);
  const text = pullTextOf(repository);
  await store.historyPulls.saveFiles({ repository, number: 2 }, { paths: ['a.c'], text });
  const event = { repository, issue: 1, label: 'bug', action: 'added', actor: 'ada' } as const;
  await store.labelEvents.save([{ ...event, id: 1, bot: 0, at }]);
  const ada = { repository, login: 'ada', role: 'triage', trusted: 1, checked_at: at };
  await store.labelSetters.save(ada);
  const head = await aHead();
  await store.heads.add(headInUse(repository, head, at));
  for (const [index, known] of [textOf(repository), text].entries()) {
    const encoding = { logits: [1], embedding: Float32Array.of(1) };
    const owner = { repository, issue: index + 1 };
    await store.embeddings.save(owner, hashText(known), MODEL, encoding, at);
  }
}

async function knowThrough(installation_id: number, repository: string): Promise<void> {
  const at = Date.now();
  const done = { position: '{}', finished_at: at, learned_at: at, result: 'learned' };
  await store.histories.save({ repository, installation_id, ...done });
}

/** What is left of a repository. */
async function leftOf(repository: string) {
  const hashes = [textOf(repository), pullTextOf(repository)].map(hashText);
  return {
    history: (await store.histories.find(repository)) !== undefined,
    issues: await store.historyIssues.count(repository),
    pulls: await store.historyPulls.countLabelled(repository),
    trusted: (await store.labelEvents.trusted(repository)).length,
    encodings: (await store.embeddings.find(hashes, MODEL)).size,
    head: (await context.heads.read(repository)) !== null,
  };
}

const EVERYTHING = { history: true, issues: 1, pulls: 1, trusted: 1, encodings: 2, head: true };
const NOTHING = { history: false, issues: 0, pulls: 0, trusted: 0, encodings: 0, head: false };

/** Handles an event of GitHub's and all that it queues. */
async function arrives(event: string, payload: Readonly<Record<string, unknown>>): Promise<void> {
  await handle(event, payload);
  await handleQueued();
}

const base = { attempts: 1, receivedAt: Date.now() };

async function handle(event: string, payload: object): Promise<void> {
  const delivery = { id: 'd', key: 'k', event, payload: JSON.stringify(payload) };
  await handleDelivery({ ...base, ...delivery } as never, context);
}

async function handleQueued(): Promise<void> {
  for (const own of queued) await handleDelivery({ ...base, ...own } as never, context);
}

describe('a repository that the App was taken off', () => {
  it('is forgotten, and no other', async () => {
    expect(await leftOf(GONE)).toEqual(EVERYTHING);
    await arrives('installation_repositories.removed', {
      action: 'removed',
      installation: { id: 7 },
      repositories_removed: [{ full_name: GONE }],
    });
    expect(queued.map(({ event, key }) => ({ event, key }))).toEqual([
      { event: 'sentinel.forget', key: `${GONE}@learning` },
    ]);
    expect(await leftOf(GONE)).toEqual(NOTHING);
    expect(await leftOf(STAYS)).toEqual(EVERYTHING);
  });

  it('is forgotten with its installation, named by the event or not', async () => {
    await arrives('installation.deleted', {
      action: 'deleted',
      installation: { id: 7 },
      repositories: [{ full_name: GONE }],
    });
    expect(queued).toHaveLength(2);
    expect(await leftOf(GONE)).toEqual(NOTHING);
    expect(await leftOf(STAYS)).toEqual(NOTHING);
  });

  it('stays when another installation is gone', async () => {
    await arrives('installation.deleted', { action: 'deleted', installation: { id: 8 } });
    expect(queued).toEqual([]);
    expect(await leftOf(GONE)).toEqual(EVERYTHING);
  });

  it('is forgotten before the learning of others is done, and what its own keeps meanwhile after it', async () => {
    await handle('installation_repositories.removed', {
      action: 'removed',
      installation: { id: 7 },
      repositories_removed: [{ full_name: GONE }],
    });
    expect(await leftOf(GONE)).toEqual(NOTHING);
    await fill(GONE);
    await handleQueued();
    expect(await leftOf(GONE)).toEqual(NOTHING);
  });

  it('stays where the App was installed anew before the event of its removal came', async () => {
    await knowThrough(8, GONE);
    const named = [{ full_name: GONE }, { full_name: STAYS }];
    await arrives('installation.deleted', {
      action: 'deleted',
      installation: { id: 7 },
      repositories: named,
    });
    expect(await leftOf(GONE)).toEqual(EVERYTHING);
    expect(await leftOf(STAYS)).toEqual(NOTHING);
    await arrives('repository.deleted', {
      action: 'deleted',
      installation: { id: 7 },
      repository: { full_name: GONE },
    });
    expect(await leftOf(GONE)).toEqual(EVERYTHING);
  });

  it('is forgotten with the installation that came after the one it is known through', async () => {
    await arrives('installation.deleted', {
      action: 'deleted',
      installation: { id: 8 },
      repositories: [{ full_name: GONE }],
    });
    expect(await leftOf(GONE)).toEqual(NOTHING);
    expect(await leftOf(STAYS)).toEqual(EVERYTHING);
  });

  it('may be forgotten twice', async () => {
    const removed = {
      action: 'removed',
      installation: { id: 7 },
      repositories_removed: [{ full_name: GONE }, { full_name: GONE }],
    };
    await arrives('installation_repositories.removed', removed);
    expect(await leftOf(GONE)).toEqual(NOTHING);
  });
});

describe('a name that stands for no repository any more', () => {
  const about = (full_name: string, changes?: object) => ({
    installation: { id: 7 },
    repository: { full_name },
    changes,
  });
  const events = () => queued.map(({ event, key }) => ({ event, key }));

  it('is forgotten with a repository that was deleted', async () => {
    await arrives('repository.deleted', { action: 'deleted', ...about(GONE) });
    expect(await leftOf(GONE)).toEqual(NOTHING);
    expect(new Set(relabelled)).toEqual(new Set([GONE]));
    expect(await leftOf(STAYS)).toEqual(EVERYTHING);
  });

  it.each([
    ['renamed', { repository: { name: { from: 'widgets' } } }, 'octo/new'],
    ['renamed', { repository: { name: { from: 'Widgets' } } }, GONE],
    ['transferred', { owner: { from: { user: { login: 'octo' } } } }, 'new/widgets'],
    ['transferred', { owner: { from: { organization: { login: 'octo' } } } }, 'new/widgets'],
  ])('is forgotten and the new one learned when it was %s', async (action, changes, name) => {
    // Without what it queues: learning needs a GitHub.
    await handle(`repository.${action}`, { action, ...about(name, changes) });
    expect(events()).toEqual([
      { event: 'sentinel.forget', key: `${GONE}@learning` },
      { event: 'sentinel.learn', key: `${name}@learning` },
    ]);
  });

  it('is forgotten when the new owner’s installation tells of the transfer', async () => {
    const changes = { owner: { from: { user: { login: 'octo' } } } };
    const told = { ...about('new/widgets', changes), installation: { id: 9 } };
    await handle('repository.transferred', { action: 'transferred', ...told });
    expect(await leftOf(GONE)).toEqual(NOTHING);
    expect(queued.map(({ payload }) => JSON.parse(payload).installation.id)).toEqual([7, 9]);
  });

  it.each([
    ['renamed', about('octo/new')],
    ['renamed', about('octo/new', { repository: { name: { from: 'a/b' } } })],
    ['transferred', about('new/widgets', { owner: { from: {} } })],
    ['deleted', { installation: { id: 7 }, repository: { full_name: 'widgets' } }],
    ['deleted', { repository: { full_name: GONE } }],
    ['edited', about(GONE)],
  ])('is not guessed at: %s, %o', (action, payload) => {
    expect(routeDelivery('repository', { action, ...payload })).toBeNull();
  });
});

describe('an issue that was transferred', () => {
  it('is forgotten where it left, before it is looked at where it arrived', async () => {
    const payload = {
      action: 'transferred',
      installation: { id: 7 },
      repository: { full_name: GONE },
      issue: { number: 1 },
      changes: { new_issue: { number: 5 }, new_repository: { full_name: STAYS } },
    };
    // There is no GitHub here to read it from where it arrived.
    await expect(arrives('issues.transferred', payload)).rejects.toThrow();
    expect(await leftOf(GONE)).toMatchObject({ issues: 0, trusted: 0, encodings: 1 });
    expect(await leftOf(STAYS)).toEqual(EVERYTHING);
  });
});

describe('an issue whose text was edited', () => {
  it('leaves nothing of what was made of the text before, whatever the new one', async () => {
    const edited = (title: string, body: string) => ({
      action: 'edited',
      installation: { id: 7 },
      repository: { full_name: GONE },
      issue: { number: 1, title, body },
      sender: { login: 'ada', type: 'User' },
    });
    // There is no GitHub here to read the rest from.
    const same = edited(`A crash in ${GONE}`, 'It stops.');
    await expect(arrives('issues.edited', same)).rejects.toThrow();
    expect(await leftOf(GONE)).toMatchObject({ encodings: 2 });
    const other = edited(`A crash in ${STAYS}`, 'It stops.');
    await expect(arrives('issues.edited', other)).rejects.toThrow();
    expect(await leftOf(GONE)).toMatchObject({ encodings: 1 });
    expect(await leftOf(STAYS)).toEqual(EVERYTHING);
  });
});

describe('an issue that was deleted', () => {
  it('takes its text, its labels and what was made of them along', async () => {
    await forgetIssue(GONE, 1, store);
    expect(await leftOf(GONE)).toEqual({ ...EVERYTHING, issues: 0, trusted: 0, encodings: 1 });
    await forgetIssue(GONE, 2, store);
    expect(await leftOf(GONE)).toMatchObject({ issues: 0, pulls: 0, encodings: 0 });
  });
});

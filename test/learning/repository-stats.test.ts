import { describe, expect, it } from 'vitest';
import { repositoryStats } from '../../src/learning/repository-stats.js';
import type { Store } from '../../src/store/open-store.js';
import { aHead } from '../support/a-head.js';
import { useTestStore } from '../support/a-store.js';

const REPOSITORY = 'octo/widgets';
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1);
const HEAD = await aHead();
const [first, second] = HEAD.labels;
if (!first || !second) throw new Error('the head knows too few labels');
let store: Store;

useTestStore((opened) => {
  store = opened;
});

const stats = () => repositoryStats(store, REPOSITORY, NOW);

/** A head in use whose second label could not be shown to keep the promise; its version. */
async function learned(subject: 'issues' | 'pulls' = 'issues'): Promise<number> {
  const unproven = { ...second, threshold: null, offBecause: 'too few' };
  await store.heads.add({
    repository: REPOSITORY,
    subject,
    data_hash: HEAD.dataHash,
    in_use: 1,
    because: 'It is the first.',
    learned_at: NOW - 3 * DAY,
    head: JSON.stringify({ ...HEAD, labels: [first, unproven] }),
  });
  return (await store.heads.inUse(REPOSITORY, subject))?.version ?? 0;
}

/** A label that was put on an issue; people may have taken it off again. */
async function put(label: string, issue: number, daysAgo: number, more = {}): Promise<void> {
  await store.labelFeedback.propose([
    {
      delivery_id: `${label}-${issue}`,
      label,
      repository: REPOSITORY,
      issue,
      proposed: 'applied',
      head_version: 0,
      decided_at: NOW - daysAgo * DAY,
      truth: null,
      actor: null,
      role: null,
      at: null,
      ...more,
    },
  ]);
}

describe('repositoryStats', () => {
  it('knows nothing of a repository that nothing was read of and nothing put on in', async () => {
    expect(await stats()).toBeNull();
    await put('bug', 1, 31);
    expect(await stats()).toBeNull();
  });

  it('counts the last 30 days, and shows labels of no head as those of the model', async () => {
    await put('question', 1, 1);
    await put('bug', 2, 29);
    await put('bug', 3, 30, { truth: 'removed' });
    await put('bug', 4, 31, { truth: 'removed' });
    expect(await stats()).toMatchObject({
      historyReadAt: null,
      learnedAt: null,
      head: null,
      labels: [
        { label: 'bug', use: 'zero-config', live: { put: 2, kept: 1, precision: 0.5 } },
        { label: 'question', use: 'zero-config', live: { put: 1, kept: 1, precision: 1 } },
      ],
      pulls: { head: null, labels: [] },
    });
  });

  it('says of each learned label what is done with it, and why not', async () => {
    const version = await learned();
    await put(first.name, 1, 1, { truth: 'removed', head_version: version });
    const found = await stats();
    expect(found).toMatchObject({
      head: { version, promise: 0.9, learnedFrom: 120, encoder: 'issue-encoder test' },
      labels: [
        { label: first.name, use: 'put', because: null, live: { put: 1, kept: 0, precision: 0 } },
        { label: second.name, use: 'unproven', because: 'too few', live: { precision: null } },
      ],
      pulls: { head: null, labels: [] },
    });
    expect(found?.labels).toHaveLength(2);
  });

  it('shows a label that people took off too often as switched, by the head in use alone', async () => {
    const version = await learned();
    const change = { label: first.name, put: 12, kept: 9, promise: 0.875, since: NOW - DAY };
    await store.labelSwitches.add({ repository: REPOSITORY, head_version: version + 1, ...change });
    expect((await stats())?.labels[0]).toMatchObject({ use: 'put' });
    await store.labelSwitches.add({ repository: REPOSITORY, head_version: version, ...change });
    expect((await stats())?.labels).toMatchObject([
      {
        use: 'switched',
        because: 'Of 12 put on, people let 9 be: below the promised 87.5 %.',
      },
      { use: 'unproven' },
    ]);
  });

  it('keeps what was learned from pull requests apart', async () => {
    await learned('pulls');
    const found = await stats();
    expect(found).toMatchObject({ head: null, labels: [], pulls: { labelled: 0, result: null } });
    expect(found?.pulls.labels.map(({ label }) => label)).toEqual([first.name, second.name]);
  });
});

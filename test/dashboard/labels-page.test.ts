import { beforeEach, describe, expect, it } from 'vitest';
import { createDashboard } from '../../src/dashboard/create-dashboard.js';
import type { HistoryRecord } from '../../src/store/histories.js';
import type { Store } from '../../src/store/open-store.js';
import { aDecision } from '../support/a-decision.js';
import { aHead } from '../support/a-head.js';
import { useTestStore } from '../support/a-store.js';

const NAME = 'octo/widgets';
const NOW = Date.UTC(2026, 10, 24, 14);
const HEAD = await aHead();
let store: Store;

useTestStore((opened) => {
  store = opened;
});
beforeEach(async () => {
  await store.histories.save({
    repository: NAME,
    installation_id: 7,
    position: '{}',
    finished_at: NOW,
    learned_at: NOW,
    result: 'It is the first.',
  });
});

async function page(path: string): Promise<string> {
  const dashboard = createDashboard({
    database: store.db,
    queue: {
      counts: async () => ({ ready: 0, delayed: 0, running: 0, dead: 0, oldestReadyMs: 0 }),
    },
    access: { kind: 'open' },
    githubWebUrl: 'https://github.com',
    now: () => NOW,
  });
  const response = await dashboard.request(`http://localhost${path}`);
  expect(response.status).toBe(200);
  return response.text();
}

function useHead(head: object = HEAD, subject: 'issues' | 'pulls' = 'issues'): Promise<number> {
  return store.heads.add({
    repository: NAME,
    subject,
    data_hash: HEAD.dataHash,
    in_use: 1,
    because: 'It is the first.',
    learned_at: NOW - 7_200_000,
    head: JSON.stringify(head),
  });
}

async function put(count: number, label: string, taken: number): Promise<void> {
  const nobody = { actor: null, role: null, at: null };
  await store.labelFeedback.propose(
    Array.from({ length: count }, (_, issue) => ({
      delivery_id: `${label}${issue}`,
      label,
      repository: NAME,
      issue,
      head_version: 1,
      proposed: 'applied' as const,
      decided_at: NOW - 1000,
      truth: issue < taken ? ('removed' as const) : null,
      ...nobody,
    })),
  );
}

describe('GET /labels', () => {
  it('shows what was backtested beside how labels fare now', async () => {
    await useHead();
    await put(20, 'area: printing', 1);
    const text = await page('/labels');
    for (const part of ['area: printing', 'put on', '95.0 %', 'of 20', 'Head 1', '2 hours ago']) {
      expect(text).toContain(part);
    }
  });

  it('shows a label that fell below its promise, here and on the decisions page', async () => {
    await useHead();
    await put(12, 'area: network', 4);
    await store.labelSwitches.add({
      repository: NAME,
      label: 'area: network',
      since: NOW - 86_400_000,
      head_version: 1,
      put: 12,
      kept: 8,
      promise: 0.9,
    });
    expect(await page('/labels')).toContain('Of 12 put on, people let 8 be');
    const decisions = await page('/decisions');
    expect(decisions).toContain('Labels that fell below their promise');
    expect(decisions).toContain('is only suggested since');
  });

  it('shows pull requests by themselves, and counts each label where it was put', async () => {
    await useHead();
    expect(await page('/labels')).not.toContain('Pull requests');
    await useHead(HEAD, 'pulls');
    await put(20, 'area: printing', 1);
    const event = 'pull_request.opened';
    const delivery_id = 'area: printing19';
    const own = { delivery_id, repository: NAME, issue: 19, event, decided_at: NOW };
    await store.decisions.record(aDecision(own));
    const text = await page('/labels');
    expect(text).toContain('Pull requests');
    expect(text).toMatch(/Head 2, learned .* from 120 pull requests/);
    const { repositories } = JSON.parse(await page('/labels.json'));
    const printing = { label: 'area: printing' };
    expect(repositories[0]).toMatchObject({
      head: { version: 1 },
      pulls: { head: { version: 2 } },
      labels: expect.arrayContaining([
        expect.objectContaining({
          ...printing,
          live: expect.objectContaining({ put: 19, kept: 18 }),
        }),
      ]),
    });
    expect(repositories[0].pulls.labels).toContainEqual(
      expect.objectContaining({ ...printing, live: expect.objectContaining({ put: 1, kept: 1 }) }),
    );
  });

  it('says what there is while nothing is learned', async () => {
    expect(await page('/labels')).toContain('Nothing learned yet');
    expect(await page('/labels?repository=octo/other')).toContain('Nothing is known');
  });

  it('names the repositories it has no room for', async () => {
    const [kept] = await store.histories.list();
    for (let n = 0; n < 52; n++) {
      await store.histories.save({ ...(kept as HistoryRecord), repository: `octo/x&${n + 10}` });
    }
    const text = await page('/labels');
    expect(text).toContain('3 more repositories');
    expect(text).toContain(
      '<a href="/labels?repository=octo%2Fx%2661"><bdi>octo/x&amp;61</bdi></a>',
    );
    const { repositories, more } = JSON.parse(await page('/labels.json'));
    expect(repositories).toHaveLength(50);
    expect(more).toEqual(['octo/x&59', 'octo/x&60', 'octo/x&61']);
  });

  it('survives a head it cannot read', async () => {
    await useHead({ schema: 99 });
    expect(await page('/labels')).toContain('Nothing learned yet');
  });

  it('escapes hostile names', async () => {
    const hostile = '<script>alert(1)</script>';
    await put(1, hostile, 0);
    expect(await page('/labels')).not.toContain(hostile);
    expect(await page(`/labels?repository=${encodeURIComponent(hostile)}`)).not.toContain(hostile);
  });

  it('gives the same as JSON', async () => {
    await useHead();
    const { repositories } = JSON.parse(await page('/labels.json?repository=OCTO/widgets'));
    expect(repositories).toMatchObject([
      { repository: NAME, head: { version: 1, promise: 0.9, learnedFrom: 120 } },
    ]);
  });
});

import { expect, it } from 'vitest';
import type { DecisionFilter } from '../../src/dashboard/decision-filter.js';
import { readDecisions, readRepositories } from '../../src/dashboard/read-decisions.js';
import type { DecisionRecord } from '../../src/store/decisions.js';
import type { Store } from '../../src/store/open-store.js';
import { aDecision } from '../support/a-decision.js';
import { onBothDatabases } from '../support/both-databases.js';

onBothDatabases('repositories', (useStore) => {
  let store: Store;
  useStore((opened) => {
    store = opened;
  });

  it('overwrites the decision of a retried delivery', async () => {
    await store.decisions.record(aDecision());
    await store.decisions.record(aDecision({ outcome: 'abstained', text_hash: 'abc' }));
    expect(await store.decisions.latestForIssue('octo/widgets', 1)).toEqual(
      aDecision({ outcome: 'abstained', text_hash: 'abc' }),
    );
    expect([...(await store.decisions.countsByOutcome())]).toEqual([['abstained', 1]]);
  });

  it('takes text with null bytes, halves of characters and directions', async () => {
    const title = 'a\u0000b \ud83d \u202ec';
    await store.decisions.record(aDecision({ title }));
    const found = await store.decisions.latestForIssue('octo/widgets', 1);
    expect(found?.title).toBe('a\ufffdb \ufffd \u202ec');
  });

  it('knows whether a comment was left and not taken back', async () => {
    const stood = () => store.decisions.commentStood('octo/widgets', 1);
    let deliveries = 0;
    const then = async (comment: string | null, more: Partial<DecisionRecord> = {}) => {
      const delivery_id = String(deliveries++);
      const applied = JSON.stringify({ added: ['"comment":"'], comment });
      await store.decisions.record(
        aDecision({ delivery_id, decided_at: deliveries, applied, ...more }),
      );
    };
    await then('created', { issue: 2 });
    await then('created', { repository: 'octo/other' });
    await then(null);
    expect(await stood()).toBe(false);
    await then('created');
    await then(null, { applied: 'null' });
    await then(null);
    expect(await stood()).toBe(true);
    await then('removed');
    expect(await stood()).toBe(false);
    await then('edited');
    await then('declined');
    expect(await stood()).toBe(true);
  });

  it('finds the latest decision of an issue', async () => {
    await store.decisions.record(aDecision({ delivery_id: 'a', decided_at: 2 }));
    await store.decisions.record(aDecision({ delivery_id: 'b', decided_at: 3 }));
    await store.decisions.record(aDecision({ delivery_id: 'c', decided_at: 1 }));
    await store.decisions.record(aDecision({ delivery_id: 'd', decided_at: 9, issue: 2 }));
    const latest = await store.decisions.latestForIssue('octo/widgets', 1);
    expect(latest?.delivery_id).toBe('b');
    expect(await store.decisions.latestForIssue('octo/other', 1)).toBeUndefined();
  });

  it('pages through decisions, newest first, with and without filters', async () => {
    for (let n = 0; n < 10; n++) {
      await store.decisions.record(
        aDecision({
          delivery_id: `d${n}`,
          issue: n,
          decided_at: n,
          repository: n % 2 === 0 ? 'octo/even' : 'octo/odd',
          outcome: n < 3 ? 'abstained' : 'applied',
        }),
      );
    }
    const page = async (filter: Partial<DecisionFilter>) => {
      const { decisions, older } = await readDecisions(store.db, { limit: 10, ...filter });
      return { issues: decisions.map(({ issue }) => issue), older };
    };
    const newest = await page({ limit: 3 });
    expect(newest.issues).toEqual([9, 8, 7]);
    expect((await page({ limit: 3, before: newest.older ?? undefined })).issues).toEqual([6, 5, 4]);
    expect(await page({ repository: 'octo/even', outcome: 'abstained' })).toEqual({
      issues: [2, 0],
      older: null,
    });
    expect([...(await store.decisions.countsByOutcome())]).toEqual([
      ['abstained', 3],
      ['applied', 7],
    ]);
    expect([...(await store.decisions.countsByOutcome({ since: 2 }))]).toEqual([
      ['abstained', 1],
      ['applied', 7],
    ]);
    const even = { repository: 'octo/even', since: 1 };
    expect([...(await store.decisions.countsByOutcome(even))]).toEqual([
      ['abstained', 1],
      ['applied', 3],
    ]);
    expect(await readRepositories(store.db)).toEqual(['octo/even', 'octo/odd']);
    expect(await store.decisions.prune(4)).toBe(4);
    expect((await page({})).issues).toEqual([9, 8, 7, 6, 5, 4]);
  });

  it('keeps one configuration a repository', async () => {
    const first = { repository: 'b/b', good: '{}', errors: null, source: 'x', checked_at: 1 };
    await store.configurations.save(first);
    await store.configurations.save({ ...first, errors: '["bad"]', checked_at: 2 });
    await store.configurations.save({ ...first, repository: 'a/a' });
    expect(await store.configurations.find('b/b')).toEqual({
      ...first,
      errors: '["bad"]',
      checked_at: 2,
    });
    const listed = await store.configurations.list();
    expect(listed.map(({ repository }) => repository)).toEqual(['a/a', 'b/b']);
    expect(await store.configurations.remove('a/a')).toBe(true);
    expect(await store.configurations.remove('a/a')).toBe(false);
  });

  it('knows the deliveries it received, and forgets only finished ones', async () => {
    const ids = Array.from({ length: 1200 }, (_, n) => `d${n}`);
    const row = { event: 'e', key: 'k', payload: 'x', received_at: 1 };
    await store.db
      .insertInto('deliveries')
      .values([
        { ...row, id: 'd3', finished_at: 5, outcome: 'completed' },
        { ...row, id: 'd1100', finished_at: null, outcome: null },
        { ...row, id: 'd7', finished_at: 50, outcome: 'dropped' },
      ])
      .execute();
    expect(await store.deliveries.known(ids)).toEqual(new Set(['d3', 'd7', 'd1100']));
    expect(await store.deliveries.known([])).toEqual(new Set());
    expect(await store.deliveries.prune(10)).toBe(1);
    expect(await store.deliveries.find('d3')).toBeUndefined();
    expect(await store.deliveries.find('d1100')).toEqual({
      id: 'd1100',
      event: 'e',
      key: 'k',
      received_at: 1,
      finished_at: null,
      outcome: null,
    });
  });
});

import { expect, it } from 'vitest';
import type { Store } from '../../src/store/open-store.js';
import { onBothDatabases } from '../support/both-databases.js';
import { event, head, issue, NAME, NOW, proposal, pullRow, setter } from '../support/store-rows.js';

onBothDatabases('histories', (useStore) => {
  let store: Store;
  useStore((opened) => {
    store = opened;
  });

  it('remembers how far a history is read', async () => {
    const row = {
      repository: 'Octo/Widgets',
      installation_id: 7,
      position: '{}',
      finished_at: null,
      learned_at: null,
      result: null,
    };
    await store.histories.save(row);
    await store.histories.save({ ...row, finished_at: NOW });
    await store.histories.learned('Octo/Widgets', NOW + 1, 'learned 3 labels');
    await store.histories.learnedFromPulls('Octo/Widgets', 'too few');
    await store.histories.save({ ...row, finished_at: NOW, learned_at: NOW + 1, result: 'kept' });
    expect(await store.histories.find('Octo/Widgets')).toEqual({
      ...row,
      finished_at: NOW,
      learned_at: NOW + 1,
      result: 'kept',
      pulls_result: 'too few',
    });
    expect(await store.histories.spelling('octo/WIDGETS')).toBe('Octo/Widgets');
    expect(await store.histories.spelling('octo/other')).toBeNull();
  });

  it('forgets all of one repository and nothing of another', async () => {
    const others = { installation_id: 7, position: '{}', finished_at: NOW, learned_at: NOW };
    for (const repository of [NAME, 'octo/other']) {
      await store.histories.save({ ...others, repository, result: null });
      await store.historyIssues.save([{ ...issue(1), repository }]);
      await store.labelEvents.save([event(1, { repository })]);
      await store.heads.add({ ...head(1), repository });
    }
    expect((await store.histories.ofInstallation(7)).sort()).toEqual(['octo/other', NAME]);
    expect(await store.histories.ofInstallation(8)).toEqual([]);
    await store.histories.forget(NAME);
    expect(await store.histories.ofInstallation(7)).toEqual(['octo/other']);
    expect(await store.historyIssues.count(NAME)).toBe(0);
    expect(await store.historyIssues.count('octo/other')).toBe(1);
    expect(await store.heads.repositories()).toEqual(['octo/other']);
  });

  it('keeps one row an issue, however often it is read', async () => {
    await store.historyIssues.save([issue(1), issue(2)]);
    await store.historyIssues.save([{ ...issue(2, ['bug']), title: 'Changed' }]);
    expect(await store.historyIssues.count(NAME)).toBe(2);
    expect(await store.historyIssues.find(NAME, 2)).toMatchObject({
      title: 'Changed',
      labels: '["bug"]',
    });
    expect(await store.historyIssues.remove(NAME, 2)).toBe(true);
    expect(await store.historyIssues.remove(NAME, 2)).toBe(false);
  });

  it('writes more rows than a statement can hold', async () => {
    const issues = Array.from({ length: 1201 }, (_, index) => issue(index + 1));
    await store.historyIssues.save(issues);
    const numbers = issues.map(({ number }) => number);
    expect(await store.historyIssues.withNumbers(NAME, numbers)).toHaveLength(1201);
  });

  it('names the labelled issues of which no event is known', async () => {
    await store.historyIssues.save([issue(1, ['a']), issue(2, ['a']), issue(3), issue(4, ['b'])]);
    await store.labelEvents.save([event(1, { issue: 2 })]);
    expect(await store.historyIssues.withoutEvents(NAME, { above: 0, limit: 10 })).toEqual([4, 1]);
    expect(await store.historyIssues.withoutEvents(NAME, { above: 0, limit: 1 })).toEqual([4]);
    expect(await store.historyIssues.withoutEvents(NAME, { above: 0, below: 4, limit: 9 })).toEqual(
      [1],
    );
    expect(await store.historyIssues.withoutEvents(NAME, { above: 1, limit: 9 })).toEqual([4]);
  });

  it('counts as trusted what people did who may triage, and nothing else', async () => {
    await store.labelSetters.save(setter('ada', 1));
    await store.labelSetters.save(setter('mallory', 0));
    await store.labelSetters.save(setter('sentinel[bot]', 1));
    await store.labelEvents.save([
      event(3, { action: 'removed' }),
      event(1),
      event(2, { actor: 'mallory' }),
      event(4, { actor: 'sentinel[bot]', bot: 1 }),
      event(5, { actor: 'unchecked' }),
      event(6, { actor: '' }),
      event(7, { actor: 'reporter' }),
    ]);
    await store.historyIssues.save([issue(1)]);
    await store.labelEvents.save([event(1, { label: 'never changes' })]);
    expect((await store.labelEvents.trusted(NAME)).map(({ id }) => id)).toEqual([1, 3]);
    expect((await store.labelEvents.trusted(NAME))[0]?.label).toBe('area: api');
    expect(await store.labelEvents.countTrustedSince(NAME, NOW + 1)).toBe(1);
    expect(await store.labelEvents.people(NAME)).toEqual(['ada', 'mallory', 'unchecked']);
    await store.labelEvents.remove(NAME, 1);
    expect(await store.labelEvents.people(NAME)).toEqual([]);
  });

  it('looks through very many events, and forgets them, with turns for others between', async () => {
    await store.labelSetters.save(setter('ada', 1));
    await store.historyIssues.save([issue(1)]);
    await store.labelEvents.save(
      Array.from({ length: 4001 }, (_, index) => event(index, { at: NOW - index })),
    );
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    }, 1);
    const duringTurns = async <T>(work: Promise<T>): Promise<T> => {
      turns = 0;
      const done = await work;
      expect(turns).toBeGreaterThan(0);
      return done;
    };
    const ids = (await duringTurns(store.labelEvents.trusted(NAME))).map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: 4001 }, (_, index) => 4000 - index));
    expect(await duringTurns(store.labelEvents.people(NAME))).toEqual(['ada']);
    await duringTurns(store.histories.forget(NAME));
    clearInterval(counting);
    await store.labelSetters.save(setter('ada', 1));
    expect(await store.labelEvents.trusted(NAME)).toEqual([]);
  });

  it('takes a permission away again', async () => {
    await store.labelEvents.save([event(1)]);
    await store.labelSetters.save(setter('ada', 1));
    await store.labelSetters.save(setter('ada', 0));
    expect(await store.labelEvents.trusted(NAME)).toEqual([]);
    expect((await store.labelSetters.find(NAME, 'ada'))?.role).toBe('read');
  });

  it('gives a label another name wherever it is remembered, and only there', async () => {
    await store.historyIssues.save([issue(1, ['area: api', 'a "area: api"']), issue(2, ['ui'])]);
    await store.historyPulls.save([{ ...pullRow, labels: '["ui","area: api"]' }]);
    await store.labelEvents.save([event(1), event(2, { label: 'ui' })]);
    await store.labelSetters.save(setter('ada', 1));
    await store.labelFeedback.propose([proposal(), proposal({ label: 'area: http', issue: 9 })]);
    for (let times = 0; times < 2; times += 1) {
      await store.histories.renameLabel(NAME, 'area: api', 'area: http');
    }
    const labels = async (number: number) => (await store.historyIssues.find(NAME, number))?.labels;
    expect(JSON.parse((await labels(1)) ?? '')).toEqual(['area: http', 'a "area: api"']);
    expect(await labels(2)).toBe('["ui"]');
    expect((await store.historyPulls.find(NAME, 3))?.labels).toBe('["ui","area: http"]');
    const events = await store.labelEvents.trusted(NAME);
    expect(events.map(({ label }) => label)).toEqual(['area: http', 'ui']);
    expect(await store.labelFeedback.ofIssue(NAME, 1)).toMatchObject([{ label: 'area: http' }]);
    expect(await store.labelFeedback.ofIssue(NAME, 9)).toEqual([]);
  });

  it('keeps what people did under the new name before it was known, and reads odd names', async () => {
    const taken = { truth: 'removed', actor: 'ada', role: 'triage', at: NOW + 5 } as const;
    await store.labelFeedback.propose([
      proposal({ label: 'bug' }),
      proposal({ delivery_id: 'd2', label: 'defect', proposed: 'not', ...taken }),
    ]);
    await store.historyIssues.save([issue(1, ['a', ',', 'b']), issue(2, ['a', 'b'])]);
    await store.histories.renameLabel(NAME, 'bug', 'defect');
    expect(await store.labelFeedback.ofIssue(NAME, 1)).toMatchObject([
      { delivery_id: 'd1', label: 'defect', ...taken },
    ]);
    await store.histories.renameLabel(NAME, ',', 'comma');
    const labels = async (number: number) => (await store.historyIssues.find(NAME, number))?.labels;
    expect(await labels(1)).toBe('["a","comma","b"]');
    expect(await labels(2)).toBe('["a","b"]');
  });

  it('counts pull requests with a label, and forgets one that is gone', async () => {
    const pull = (number: number, labels: string) => ({
      repository: NAME,
      number,
      title: '',
      labels,
      author: '',
      created_at: NOW,
      updated_at: NOW,
    });
    await store.historyPulls.save([pull(1, '["a"]'), pull(2, '[]'), pull(3, '["a"]')]);
    expect(await store.historyPulls.countLabelled(NAME)).toBe(2);
    await store.historyPulls.remove(NAME, 3);
    expect(await store.historyPulls.countLabelled(NAME)).toBe(1);
    expect(await store.historyPulls.find(NAME, 3)).toBeUndefined();
  });
});

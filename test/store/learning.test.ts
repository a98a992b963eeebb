import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LabelEventRecord } from '../../src/store/label-events.js';
import type { LabelFeedbackRecord } from '../../src/store/label-feedback.js';
import { openStore, type Store } from '../../src/store/open-store.js';
import { findPostgres, startPostgres, type TestPostgres } from '../support/postgres.js';

const NAME = 'octo/widgets';
const NOW = 1_790_000_000_000;

const issue = (number: number, labels: readonly string[] = []) => ({
  repository: NAME,
  number,
  title: `Issue ${number}`,
  labels: JSON.stringify(labels),
  author: 'reporter',
  author_association: 'NONE',
  created_at: NOW + number,
  updated_at: NOW + number,
  body: null,
});

const pullRow = {
  ...{ repository: NAME, number: 3, title: 'Pull 3', author: 'reporter' },
  ...{ created_at: NOW, updated_at: NOW },
};

const event = (id: number, changes: Partial<LabelEventRecord> = {}): LabelEventRecord => ({
  repository: NAME,
  id,
  issue: 1,
  label: 'area: api',
  action: 'added',
  actor: 'ada',
  bot: 0,
  at: NOW + id,
  ...changes,
});

const setter = (login: string, trusted: 0 | 1) => ({
  repository: NAME,
  login,
  role: trusted ? 'triage' : 'read',
  trusted,
  checked_at: NOW,
});

const head = (in_use: 0 | 1, data_hash = 'abc') => ({
  repository: NAME,
  data_hash,
  in_use,
  because: 'the first',
  learned_at: NOW,
  head: '{}',
});

const proposal = (changes: Partial<LabelFeedbackRecord> = {}): LabelFeedbackRecord => ({
  delivery_id: 'd1',
  label: 'area: api',
  repository: NAME,
  issue: 1,
  head_version: 1,
  proposed: 'applied',
  decided_at: NOW,
  truth: null,
  actor: null,
  role: null,
  at: null,
  ...changes,
});

/** The same on both databases. */
function learningStore(freshUrl: () => Promise<string>): void {
  let store: Store;
  beforeEach(async () => {
    store = await openStore(await freshUrl());
  });
  afterEach(() => store.close());

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

  it('gives an encoding back to the bit, for its own model only', async () => {
    const embedding = Float32Array.from([0.1, -1e-30, 0.5]);
    const encoding = { logits: [1.25, -2, 0], embedding };
    await store.embeddings.save({ repository: NAME, issue: 1 }, 'h1', 'encoder 1', encoding, NOW);
    const found = await store.embeddings.find(['h1', 'h2'], 'encoder 1');
    expect([...found.keys()]).toEqual(['h1']);
    expect(found.get('h1')).toEqual({ logits: [1.25, -2, 0], embedding });
    expect(await store.embeddings.find(['h1'], 'encoder 2')).toEqual(new Map());
    expect(await store.embeddings.keepOnly('encoder 2')).toBe(1);
  });

  it('forgets what was said of a text when the issue has another, or is gone', async () => {
    const encoding = { logits: [1], embedding: Float32Array.of(1) };
    const owner = (number: number) => ({ repository: NAME, issue: number });
    await store.embeddings.save(owner(1), 'before', 'encoder 1', encoding, NOW);
    await store.embeddings.save(owner(1), 'after', 'encoder 1', encoding, NOW);
    await store.embeddings.save(owner(2), 'another', 'encoder 1', encoding, NOW);
    const left = async () =>
      [...(await store.embeddings.find(['before', 'after', 'another'], 'encoder 1')).keys()].sort();
    expect(await left()).toEqual(['after', 'another']);
    await store.embeddings.remove(owner(1));
    expect(await left()).toEqual(['another']);
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

  it('gives a head a version that nobody judged before', async () => {
    await store.labelFeedback.propose([proposal({ head_version: 4 })]);
    expect(await store.heads.add(head(1))).toBe(5);
  });

  it('numbers heads and lets one at most be in use', async () => {
    expect(await store.heads.add(head(1))).toBe(1);
    expect(await store.heads.add(head(0, 'worse'))).toBe(2);
    expect((await store.heads.inUse(NAME))?.version).toBe(1);
    expect(await store.heads.add(head(1, 'better'))).toBe(3);
    expect((await store.heads.inUse(NAME))?.data_hash).toBe('better');
    expect((await store.heads.latest(NAME))?.version).toBe(3);
    expect(await store.heads.repositories()).toEqual([NAME]);
  });

  it('keeps the one in use while many others come and go', async () => {
    await store.heads.add(head(1));
    for (let n = 0; n < 9; n++) await store.heads.add(head(0));
    expect((await store.heads.inUse(NAME))?.version).toBe(1);
    expect((await store.heads.latest(NAME))?.version).toBe(10);
  });

  it('lifts switches when another head comes into use', async () => {
    const change = {
      repository: NAME,
      label: 'area: api',
      since: NOW,
      head_version: 1,
      put: 10,
      kept: 7,
      promise: 0.9,
    };
    expect(await store.labelSwitches.add(change)).toBe(true);
    expect(await store.labelSwitches.add(change)).toBe(false);
    await store.heads.add(head(0));
    expect(await store.labelSwitches.list(NAME)).toEqual([change]);
    await store.heads.add(head(1));
    expect(await store.labelSwitches.list()).toEqual([]);
  });

  it('counts a label as kept until someone takes it off, one issue once', async () => {
    const taken = { truth: 'removed', actor: 'ada', role: 'triage', at: NOW + 9 } as const;
    await store.labelFeedback.propose([
      proposal(),
      proposal({ delivery_id: 'd2', issue: 2 }),
      proposal({ delivery_id: 'd3', issue: 2, decided_at: NOW + 1 }),
      proposal({ delivery_id: 'd4', issue: 3, proposed: 'suggested' }),
      proposal({ delivery_id: 'd5', issue: 4, decided_at: NOW - 5 }),
      proposal({ delivery_id: 'd6', issue: 5, head_version: 2 }),
    ]);
    await store.labelFeedback.judge(proposal({ issue: 2, delivery_id: 'd3' }), taken);
    const counts = await store.labelFeedback.counts(NAME, NOW);
    expect(counts.get('area: api')).toEqual({ put: 3, kept: 2 });
    const ofFirst = await store.labelFeedback.counts(NAME, NOW, { headVersion: 1 });
    expect(ofFirst.get('area: api')).toEqual({ put: 2, kept: 1 });
    expect(await store.labelFeedback.prune(NOW)).toBe(1);
  });

  it('counts labels of pull requests by themselves', async () => {
    await store.labelFeedback.propose([
      proposal({ delivery_id: 'd1' }),
      proposal({ delivery_id: 'd2', issue: 2 }),
      proposal({ delivery_id: 'd3', issue: 3, truth: 'removed' }),
    ]);
    for (const [delivery_id, event] of [
      ['d1', 'issues.opened'],
      ['d3', 'pull_request.synchronize'],
    ] as const) {
      await store.decisions.record({
        delivery_id,
        repository: NAME,
        issue: 1,
        title: '',
        url: '',
        event,
        outcome: 'applied',
        plan: '{}',
        applied: '{}',
        text_hash: null,
        duration_ms: 1,
        decided_at: NOW,
      });
    }
    const countsOf = async (subject: 'issues' | 'pulls') =>
      (await store.labelFeedback.counts(NAME, NOW, { subject })).get('area: api');
    expect(await countsOf('issues')).toEqual({ put: 2, kept: 2 });
    expect(await countsOf('pulls')).toEqual({ put: 1, kept: 0 });
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

  it('records a label that no decision proposed, and a change of mind', async () => {
    const missed = proposal({ label: 'area: ui' });
    const person = { actor: 'ada', role: 'admin' };
    await store.labelFeedback.judge(missed, { ...person, truth: 'added', at: NOW + 1 });
    await store.labelFeedback.judge(missed, { ...person, truth: 'removed', at: NOW + 2 });
    expect(await store.labelFeedback.ofIssue(NAME, 1)).toEqual([
      proposal({ label: 'area: ui', proposed: 'not', truth: 'removed', ...person, at: NOW + 2 }),
    ]);
  });
}

describe('what is learned, on SQLite', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-learning-'));
  let next = 0;
  learningStore(async () => `sqlite:${path.join(folder, `${next++}.sqlite`)}`);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
});

const programs = findPostgres();
const missing = 'missing' in programs ? programs.missing : '';
const skipped = missing === '' ? '' : ` (skipped: ${missing})`;
describe.skipIf(missing !== '')(`what is learned, on PostgreSQL${skipped}`, () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres(programs);
  });
  afterAll(() => server.stop());
  learningStore(() => server.createDatabase());
});

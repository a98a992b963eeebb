import { expect, it } from 'vitest';
import type { Store } from '../../src/store/open-store.js';
import { aDecision } from '../support/a-decision.js';
import { onBothDatabases } from '../support/both-databases.js';
import { head, NAME, NOW, proposal } from '../support/store-rows.js';

onBothDatabases('heads and what became of their labels', (useStore) => {
  let store: Store;
  useStore((opened) => {
    store = opened;
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
      await store.decisions.record(aDecision({ delivery_id, event }));
    }
    const countsOf = async (subject: 'issues' | 'pulls') =>
      (await store.labelFeedback.counts(NAME, NOW, { subject })).get('area: api');
    expect(await countsOf('issues')).toEqual({ put: 2, kept: 2 });
    expect(await countsOf('pulls')).toEqual({ put: 1, kept: 0 });
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
});

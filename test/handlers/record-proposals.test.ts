import { expect, it, vi } from 'vitest';
import type { Outcome } from '../../src/handlers/record-decision.js';
import { recordProposals } from '../../src/handlers/record-proposals.js';
import type { Store } from '../../src/store/open-store.js';
import { aDelivery } from '../support/a-delivery.js';
import { useTestStore } from '../support/a-store.js';

const TARGET = { installationId: 7, repository: 'octo/widgets', issue: 5 };
const DELIVERY = aDelivery({ event: 'issues.opened' });
const LEARNED = { version: 3, scores: [], suggested: ['area: ui'] };
let store: Store;

useTestStore((opened) => {
  store = opened;
});

async function proposed(outcome: Outcome, learned: typeof LEARNED | null = LEARNED) {
  const plan = { addLabels: ['bug'], ...(learned ? { learned } : {}) };
  await recordProposals(TARGET, DELIVERY, plan, outcome, store);
  const rows = await store.labelFeedback.ofIssue(TARGET.repository, TARGET.issue);
  return rows.map(({ label, proposed: how, head_version }) => [label, how, head_version]);
}

it.each(['applied', 'suggested', 'shadowed'] as const)(
  'the labels of a decision count as they were proposed: %s',
  async (outcome) => {
    expect(await proposed(outcome)).toEqual([
      ['area: ui', 'suggested', 3],
      ['bug', outcome, 3],
    ]);
  },
);

it('the labels of a decision were decided at one time', async () => {
  let now = Date.now();
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => now++);
  await proposed('applied');
  clock.mockRestore();
  const rows = await store.labelFeedback.ofIssue(TARGET.repository, TARGET.issue);
  expect(new Set(rows.map((row) => row.decided_at)).size).toBe(1);
});

it('without a model of the repository’s own they count for none', async () => {
  expect(await proposed('applied', null)).toEqual([['bug', 'applied', 0]]);
});

it.each(['abstained', 'kept', 'ignored', 'refused'] as const)(
  'nothing counts as proposed where nothing came of it: %s',
  async (outcome) => {
    expect(await proposed(outcome)).toEqual([]);
  },
);

import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../src/github/github-error.js';
import {
  type Decision,
  declinedPlan,
  outcomeOf,
  recordDecision,
  refusedPlan,
} from '../../src/handlers/record-decision.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { emptyPlan } from '../../src/triage/empty-plan.js';
import { SUGGESTION_MARKER } from '../../src/triage/suggest-label.js';
import { aDelivery } from '../support/a-delivery.js';
import { openTestStore } from '../support/a-store.js';
import { anIssue } from '../support/an-issue.js';

const SURE = { code: 'sure', text: 'It reads like a bug report.' };
const COMMENT = { marker: SUGGESTION_MARKER, body: 'It may be a bug.' };
const SUGGESTED = {
  ...emptyPlan('suggest', [SURE]),
  verdict: 'label' as const,
  addLabels: ['bug'],
  comment: COMMENT,
};

describe('a decision', () => {
  const decision = (change: Partial<Decision> = {}): Decision => ({
    target: { installationId: 7, repository: 'octo/widgets', issue: 5 },
    delivery: aDelivery(),
    issue: anIssue({ title: 'A crash', url: 'https://github.com/octo/widgets/issues/5' }),
    plan: SUGGESTED,
    textHash: 'a-hash',
    applied: { added: [], removed: [], created: [], comment: 'created' },
    outcome: 'suggested',
    durationMs: 12.6,
    ...change,
  });

  it('is stored with what it was about, what was done and how long it took, and counted', async () => {
    const { store, close } = await openTestStore();
    const metrics = createMetrics();
    const before = Date.now();
    await recordDecision(decision(), { store, metrics });
    const stored = await store.decisions.latestForIssue('octo/widgets', 5);
    expect(stored).toMatchObject({
      delivery_id: 'd1',
      title: 'A crash',
      url: 'https://github.com/octo/widgets/issues/5',
      event: 'issues.edited',
      outcome: 'suggested',
      text_hash: 'a-hash',
      duration_ms: 13,
    });
    expect(JSON.parse(stored?.plan ?? '')).toEqual(SUGGESTED);
    expect(JSON.parse(stored?.applied ?? '')).toMatchObject({ comment: 'created' });
    expect(stored?.decided_at).toBeGreaterThanOrEqual(before);
    expect((await metrics.decisions.get()).values).toMatchObject([
      { labels: { outcome: 'suggested' }, value: 1 },
    ]);
    await close();
  });

  it('about an issue that could not be read has no title, and nothing was done', async () => {
    const { store, close } = await openTestStore();
    const unread = decision({ issue: null, applied: null, outcome: 'refused' });
    await recordDecision(unread, { store, metrics: createMetrics() });
    const stored = await store.decisions.latestForIssue('octo/widgets', 5);
    expect(stored).toMatchObject({ title: '', url: '', applied: 'null', outcome: 'refused' });
    await close();
  });
});

it('what GitHub refused says why, behind the reasons so far, and counts as refused', () => {
  const refused = refusedPlan(SUGGESTED, new RefusedError('locked', 'The issue is locked.'));
  expect(refused.reasons).toEqual([SURE, { code: 'refused:locked', text: 'The issue is locked.' }]);
  expect(outcomeOf(refused)).toBe('refused');
  expect(outcomeOf(SUGGESTED)).toBe('suggested');
});

describe('a comment that someone has deleted', () => {
  it('leaves nothing that was proposed where it was all there was to do', () => {
    const declined = declinedPlan(SUGGESTED);
    expect(declined).toMatchObject({ verdict: 'keep', addLabels: [], comment: null });
    expect(declined.reasons.map(({ code }) => code)).toEqual(['sure', 'comment-deleted']);
    expect(outcomeOf(declined)).toBe('kept');
  });

  it('leaves the labels that were put on beside it', () => {
    const declined = declinedPlan({ ...SUGGESTED, mode: 'apply' });
    expect(declined).toMatchObject({ verdict: 'label', addLabels: ['bug'], comment: null });
    expect(declined.reasons.map(({ code }) => code)).toEqual(['sure', 'comment-deleted']);
    expect(outcomeOf(declined)).toBe('applied');
  });
});

import nock from 'nock';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeBackSuggestion } from '../../src/handlers/take-back-suggestion.js';
import { emptyPlan } from '../../src/triage/empty-plan.js';
import type { Plan } from '../../src/triage/plan.js';
import { SUGGESTION_MARKER } from '../../src/triage/suggest-label.js';
import { API, anInstallation, closeNetwork, openNetwork } from '../github/an-installation.js';
import { aDelivery } from '../support/a-delivery.js';

const TARGET = { installationId: 7, repository: 'octo/widgets', issue: 5 };
const SUGGESTION = { marker: SUGGESTION_MARKER, body: `${SUGGESTION_MARKER}\nIt may be a bug.` };
const DELIVERY = aDelivery();

beforeEach(closeNetwork);
afterEach(openNetwork);

const takeBack = (change: Partial<Plan>) => {
  const plan = { ...emptyPlan('suggest', []), verdict: 'abstain' as const, ...change };
  return takeBackSuggestion(anInstallation(), TARGET, plan, true, DELIVERY);
};

it('an earlier suggestion is removed where the plan says nothing', async () => {
  for (const change of [{}, { mode: 'apply' }, { verdict: 'keep' }] as const) {
    nock(API)
      .get('/repos/octo/widgets/issues/5/comments')
      .query({ per_page: 100 })
      .reply(200, [{ id: 3, body: SUGGESTION.body, user: { login: 'sentinel[bot]' } }]);
    nock(API).delete('/repos/octo/widgets/issues/comments/3').reply(204);
    expect(await takeBack(change)).toBe('removed');
  }
});

it.each<[string, Partial<Plan>]>([
  ['in shadow mode, where nothing is touched', { mode: 'shadow' }],
  ['of what is left alone unread', { verdict: 'ignore' }],
  ['where the plan has a suggestion too', { comment: SUGGESTION }],
])('it stays, and GitHub is not asked, %s', async (_, change) => {
  expect(await takeBack(change)).toBeNull();
});

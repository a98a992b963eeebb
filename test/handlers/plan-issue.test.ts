import nock from 'nock';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { repositoryConfigSchema } from '../../src/config/repository-config.js';
import { hashText } from '../../src/handlers/encode-text.js';
import type { HandlerContext } from '../../src/handlers/event-handler.js';
import { planIssue } from '../../src/handlers/plan-issue.js';
import { createHeadReader } from '../../src/handlers/read-head.js';
import type { Store } from '../../src/store/open-store.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import type { Issue } from '../../src/triage/issue.js';
import { prepareIssue } from '../../src/triage/prepare-issue.js';
import { API, anInstallation, closeNetwork, openNetwork } from '../github/an-installation.js';
import { aHead, headInUse } from '../support/a-head.js';
import { useTestStore } from '../support/a-store.js';
import { anIssue } from '../support/an-issue.js';
import { AREAS, complaint } from '../support/written-history.js';

const SURE_OF_BUG = [9, 0, 0];
const UNSURE = [0, 0, 0];
/** What happened, in order. */
let steps: string[];
let store: Store;

useTestStore((opened) => {
  store = opened;
});
beforeEach(async () => {
  closeNetwork();
  steps = [];
});
afterEach(openNetwork);

async function plan(logits: readonly number[], change: Partial<Issue> = {}, unchanged?: string) {
  const context: Partial<HandlerContext> = {
    repositories: {
      config: async () => repositoryConfigSchema.parse({}),
      labels: async () => ['bug', 'question', ...AREAS],
      forgetLabels() {},
    },
    encoder: {
      manifest: {
        name: 'issue-encoder',
        version: 'test',
        temperature: 1,
        thresholds: { bug: 0.8, feature: 0.8, question: 0.8 },
      } as HandlerContext['encoder']['manifest'],
      classify: async () => {
        steps.push('text');
        return { logits, embedding: Float32Array.from([0, 1]), tokens: 1, ms: 1 };
      },
      beside: () => Promise.reject(new Error('Nobody asks about changes here')),
    },
    heads: createHeadReader(store),
    store,
    metrics: createMetrics(),
  };
  const issue = anIssue({ number: 5, ...change });
  const delivery = { id: 'd1', receivedAt: new Date() };
  const whole = context as HandlerContext;
  return planIssue(issue, anInstallation(), whole, delivery, unchanged ?? null);
}

/** What a person did since the issue was read. */
function foretell(event: 'labeled' | 'unlabeled', name: string): void {
  nock(API)
    .get('/repos/octo/widgets/issues/5/events')
    .query({ per_page: 100 })
    .reply(200, () => {
      steps.push('labels');
      return [{ event, actor: { login: 'octocat', type: 'User' }, label: { name } }];
    });
}

it('what a person does while the text is read stands: labels are looked at last', async () => {
  foretell('labeled', 'question');
  const put = await plan(SURE_OF_BUG);
  expect(put?.plan).toMatchObject({ verdict: 'keep', addLabels: [] });
  expect(put?.plan.reasons.at(-1)?.code).toBe('human-added');
  expect(steps).toEqual(['text', 'labels']);
  foretell('unlabeled', 'bug');
  const taken = await plan(SURE_OF_BUG, { labels: ['bug'] });
  expect(taken?.plan.reasons.at(-1)?.code).toBe('human-removed');
});

it('GitHub is not asked for labels where nothing is sure enough', async () => {
  const { plan: abstained } = (await plan(UNSURE)) ?? {};
  expect(abstained).toMatchObject({ verdict: 'abstain', model: 'issue-encoder test' });
});

it('a learned label is decided on though no class is sure, also one that is only suggested', async () => {
  const { repository } = anIssue();
  const head = await aHead();
  const area = 'area: printing';
  await store.heads.add(headInUse(repository, head, Date.now()));
  foretell('labeled', 'help wanted');
  const put = await plan(UNSURE, complaint(area, 1000));
  expect(put?.plan).toMatchObject({ mode: 'apply', addLabels: [area], learned: { version: 1 } });
  const counted = { put: 12, kept: 6, promise: 0.9, since: Date.now() };
  await store.labelSwitches.add({ repository, label: area, head_version: 1, ...counted });
  foretell('labeled', 'help wanted');
  const suggested = await plan(UNSURE, complaint(area, 1002));
  expect(suggested?.plan).toMatchObject({ mode: 'suggest', addLabels: [area] });
});

it('an issue to be left alone is not read', async () => {
  expect(await plan(SURE_OF_BUG, { locked: true })).toMatchObject({
    plan: { verdict: 'ignore' },
    textHash: null,
  });
  expect(steps).toEqual([]);
});

it('a text that was decided on before is not read again', async () => {
  const unchanged = hashText(prepareIssue(anIssue()));
  expect(await plan(SURE_OF_BUG, {}, unchanged)).toBeNull();
  expect(steps).toEqual([]);
});

it('a label of a try that broke off counts as put on, though a person took it off before the next', async () => {
  const { repository } = anIssue();
  const head = await aHead();
  await store.heads.add(headInUse(repository, head, Date.now()));
  const at = (event: string, login: string, type: string) => ({
    event,
    actor: { login, type },
    label: { name: 'bug' },
    created_at: new Date().toISOString(),
  });
  nock(API)
    .get('/repos/octo/widgets/issues/5/events')
    .query({ per_page: 100 })
    .reply(200, [at('labeled', 'sentinel[bot]', 'Bot'), at('unlabeled', 'octocat', 'User')]);
  expect((await plan(SURE_OF_BUG))?.plan.addLabels).toEqual([]);
  expect(await store.labelFeedback.ofIssue(repository, 5)).toMatchObject([
    { delivery_id: 'd1', label: 'bug', proposed: 'applied', head_version: 1, truth: null },
  ]);
});

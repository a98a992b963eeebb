import nock from 'nock';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { repositoryConfigSchema } from '../../src/config/repository-config.js';
import { planPullRequest } from '../../src/handlers/plan-pull-request.js';
import type { PullRequestContext } from '../../src/handlers/pull-request-context.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { CHANGE_TYPES, type ChangeType } from '../../src/triage/changed-file.js';
import { fileKind } from '../../src/triage/file-kind.js';
import { API, anInstallation, closeNetwork, openNetwork } from '../github/an-installation.js';
import { scoresWith, thresholdsOf } from '../support/a-change.js';
import { anIssue } from '../support/an-issue.js';

const PULL = {
  ...anIssue({ number: 5, title: 'Things' }),
  draft: false,
  headSha: 'a'.repeat(40),
  headBranch: 'work',
  baseBranch: 'main',
  changedFiles: 1,
};
/** What happened, in order. */
let steps: string[];

beforeEach(() => {
  closeNetwork();
  steps = [];
});
afterEach(openNetwork);

/** The model's answer, of which it is about nine tenths sure. */
function contextWith(type: ChangeType): PullRequestContext {
  const scores = scoresWith(type, 0.9);
  const context: Partial<PullRequestContext> = {
    encoder: {
      beside: async () =>
        ({
          manifest: {
            name: 'change-encoder',
            version: 'test',
            temperature: 1,
            thresholds: thresholdsOf(0.8),
          },
          classify: async () => {
            steps.push('text');
            const logits = CHANGE_TYPES.map((one) => Math.log(scores[one]));
            return { logits, embedding: new Float32Array(1), tokens: 1, ms: 1 };
          },
        }) as never,
    },
    changeHabits: async () => ({
      kindOf: fileKind,
      rules: [],
      conventional: false,
      hasTests: false,
      problems: [],
    }),
    heads: { read: async () => null, readFor: async () => null, forget() {} },
    repositories: {
      config: async () => repositoryConfigSchema.parse({}),
      labels: async () => ['bug', 'enhancement'],
      forgetLabels() {},
    },
    metrics: createMetrics(),
  };
  return context as PullRequestContext;
}

/** The change, and what a person did since the pull request was read. */
function foretell(...events: { readonly event: string; readonly name: string }[]): void {
  nock(API)
    .get('/repos/octo/widgets/pulls/5/files')
    .query({ per_page: 100 })
    .reply(200, [
      {
        filename: 'a.ts',
        status: 'modified',
        additions: 1,
        deletions: 0,
        patch: '@@ -1 +1 @@\n+a',
      },
    ]);
  nock(API)
    .get('/repos/octo/widgets/issues/5/events')
    .query({ per_page: 100 })
    .reply(200, () => {
      steps.push('labels');
      return events.map(({ event, name }) => ({
        event,
        actor: { login: 'octocat', type: 'User' },
        label: { name },
      }));
    });
}

const plan = (change: Partial<typeof PULL> = {}, config: object = {}) =>
  planPullRequest(
    { ...PULL, ...change },
    repositoryConfigSchema.parse(config),
    anInstallation(),
    contextWith('fix'),
    { id: 'd1', receivedAt: new Date() },
  );

it('what a person does while the change is read stands: labels are looked at last', async () => {
  foretell({ event: 'labeled', name: 'enhancement' });
  const put = await plan();
  expect(put).toMatchObject({ verdict: 'keep', addLabels: [] });
  expect(put.reasons.at(-1)?.code).toBe('human-added');
  expect(steps).toEqual(['text', 'labels']);
  foretell({ event: 'unlabeled', name: 'bug' });
  expect((await plan({ labels: ['bug'] })).reasons.at(-1)?.code).toBe('human-removed');
});

it('the thresholds of the configuration hold for their types, the model’s for others', async () => {
  foretell();
  expect((await plan()).addLabels).toEqual(['bug']);
  foretell();
  const higher = { pull_requests: { thresholds: { fix: 0.95 } } };
  expect((await plan({}, higher)).addLabels).toEqual([]);
  foretell();
  const other = { pull_requests: { thresholds: { feat: 0.95 } } };
  expect((await plan({}, other)).addLabels).toEqual(['bug']);
});

it('what counted is asked only for a check that is shown', async () => {
  foretell();
  const check = { pull_requests: { check_run: true } };
  expect((await plan({}, check)).check).not.toBeNull();
  expect(steps.filter((step) => step === 'text').length).toBeGreaterThan(1);
  steps = [];
  foretell();
  await plan({}, { ...check, mode: 'shadow' });
  expect(steps).toEqual(['text', 'labels']);
});

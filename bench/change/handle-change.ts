/**
 * Plans the huge pull request as the App does (its files in pages over HTTP, patterns, model in its
 * thread, labels, check), and prints how long the event loop stood still and the memory it took, as
 * JSON. A small pull request goes first, so that nothing is counted which is there anyway.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { Octokit } from '@octokit/rest';
import { DEFAULT_REPOSITORY_CONFIG } from '../../src/config/repository-config.js';
import type { Installation } from '../../src/github/connect.js';
import { planPullRequest } from '../../src/handlers/plan-pull-request.js';
import { createChangeHabits } from '../../src/handlers/read-change-habits.js';
import { CHANGE_ENCODER } from '../../src/models/model-kind.js';
import { startModel } from '../../src/models/start-encoder.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { CHANGE_TYPES } from '../../src/triage/changed-file.js';
import type { PullRequest } from '../../src/triage/pull-request.js';
import type { HandledFigures } from './huge.js';
import { FILES } from './huge-change.js';
import { watchTurns } from './watch-turns.js';

const quiet = () => {};
const installation: Installation = {
  id: 1,
  octokit: new Octokit({
    baseUrl: process.argv[2] ?? '',
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  }),
  botLogin: async () => 'sentinel[bot]',
};
const workerUrl = new URL('../../dist/models/encoder-worker.js', import.meta.url);
const encoder = await startModel(CHANGE_ENCODER, { workerUrl });
const config: typeof DEFAULT_REPOSITORY_CONFIG = {
  ...DEFAULT_REPOSITORY_CONFIG,
  pull_requests: {
    ...DEFAULT_REPOSITORY_CONFIG.pull_requests,
    check_run: true,
    paths: { doors: [{ 'changed-files': [{ 'any-glob-to-any-file': ['src/**/*.ts'] }] }] },
    // Sure of anything, so that the parts that counted are asked for too.
    thresholds: Object.fromEntries(CHANGE_TYPES.map((type) => [type, 0.1])),
  },
};
const context = {
  github: { installation: () => installation },
  repositories: {
    config: async () => config,
    labels: async () => ['bug', 'doors', 'enhancement'],
    forgetLabels: quiet,
  },
  changeHabits: createChangeHabits(),
  heads: { readFor: async () => null },
  encoder: { beside: async () => encoder },
  store: {},
  metrics: createMetrics(),
  logger: createLogger('silent'),
} as unknown as Parameters<typeof planPullRequest>[3];

const PULL: PullRequest = {
  repository: 'octo/widgets',
  number: 1,
  title: 'Open in another way',
  body: null,
  url: '',
  author: 'octocat',
  authorIsBot: false,
  labels: [],
  locked: false,
  closed: false,
  draft: false,
  headSha: 'f'.repeat(40),
  headBranch: 'another-way',
  baseBranch: 'main',
  changedFiles: 1,
};
const DELIVERY = { id: 'd1', receivedAt: new Date() };
const megabytes = () => process.resourceUsage().maxRSS / 1000;

await planPullRequest(PULL, config, installation, context, DELIVERY);
const [, idle] = await watchTurns(() => wait(2000));
const before = megabytes();
const start = performance.now();
const [, loop] = await watchTurns(() =>
  planPullRequest(
    { ...PULL, number: 2, changedFiles: FILES },
    config,
    installation,
    context,
    DELIVERY,
  ),
);
const figures: HandledFigures = {
  ms: performance.now() - start,
  loop: { max: loop.max, p99: loop.p99 },
  idle: { max: idle.max, p99: idle.p99 },
  turnMs: loop.turnMs,
  extraMegabytes: megabytes() - before,
};
await encoder.close();
console.log(JSON.stringify(figures));

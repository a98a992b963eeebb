import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Octokit } from '@octokit/rest';
import { readDecisions } from '../../src/dashboard/read-decisions.js';
import { connectGitHub } from '../../src/github/connect.js';
import { createChangeHabits } from '../../src/handlers/read-change-habits.js';
import { createHeadReader } from '../../src/handlers/read-head.js';
import { createRepositoryReader } from '../../src/handlers/read-repository.js';
import { triagePullRequest } from '../../src/handlers/triage-pull-request.js';
import type { Classifier, Encoder } from '../../src/models/encoder.js';
import type { ModelKind } from '../../src/models/model-kind.js';
import { openStore, type Store } from '../../src/store/open-store.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import type { ChangePlan } from '../../src/triage/change-plan.js';
import { CHANGE_TYPES, type ChangeType } from '../../src/triage/changed-file.js';
import { type GitHub, MAINTAINER, type Repository, startGitHub } from './github-emulator.js';
import { type PullFacts, pullFacts } from './pull-requests.js';

/** A decision as it was recorded. */
export interface Recorded {
  readonly outcome: string;
  readonly plan: ChangePlan;
  readonly applied: { readonly check: string | null; readonly comment: string | null } | null;
}

/** Pull requests of an emulated GitHub, handled in this process. */
export interface PullTriage {
  readonly github: GitHub;
  readonly maintainer: Octokit;
  readonly facts: PullFacts;
  /** What the handler remembers. */
  readonly store: Store;
  /** What stands in the model's place. */
  readonly encoder: Pick<Encoder, 'beside'>;
  /** The type the model is sure of from now on; null: it is not sure of any. */
  modelSays(type: ChangeType | null): void;
  /** Handles one event of a pull request, and gives all decisions about it, oldest first. */
  handle(
    repository: string,
    number: number,
    options?: {
      readonly unlessUnchanged?: boolean;
      readonly attempt?: number;
      /** The delivery's id; a new one unless told. */
      readonly id?: string;
      readonly receivedAt?: Date;
    },
  ): Promise<Recorded[]>;
  close(): Promise<void>;
}

export const PULL_PERMISSIONS = {
  contents: 'read',
  issues: 'write',
  metadata: 'read',
  pull_requests: 'write',
  checks: 'write',
} as const;

const SURE = 8;

/**
 * The handler with real GitHub calls and a real store. In the model's place stands an answer, so that
 * these tests say what is done with one, whatever the model of the day thinks.
 */
export async function triagePulls(options: {
  readonly repositories: readonly Repository[];
  readonly permissions?: Readonly<Record<string, 'read' | 'write'>>;
}): Promise<PullTriage> {
  const facts = pullFacts();
  const github = await startGitHub({
    appWebhookUrl: 'http://127.0.0.1:9/',
    secret: 'a-secret-for-tests-only-0123456789',
    users: ['reporter'],
    bots: ['helper-app[bot]'],
    events: ['issues', 'pull_request'],
    permissions: PULL_PERMISSIONS,
    intercept: facts.intercept,
    ...options,
  });
  facts.follow(github);
  const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-pulls-'));
  const store = await openStore(`sqlite:${path.join(folder, 'sentinel.sqlite')}`);
  const logger = createLogger('silent');
  let says: ChangeType | null = 'feat';
  const beside = async <L extends string>(kind: ModelKind<L>): Promise<Classifier<L>> =>
    answering(kind, () => says);
  const context = {
    github: connectGitHub({
      appId: Number(github.appId),
      privateKey: github.privateKey,
      apiUrl: github.url,
    }),
    repositories: createRepositoryReader({ store, logger }),
    changeHabits: createChangeHabits(),
    heads: createHeadReader(store),
    encoder: { beside },
    queue: { enqueue: async () => 'queued' as const },
    store,
    metrics: createMetrics(),
    logger,
  };
  let deliveries = 0;
  return {
    github,
    maintainer: await github.as(MAINTAINER),
    facts,
    store,
    encoder: context.encoder,
    modelSays(type) {
      says = type;
    },
    async handle(repository, number, options = {}) {
      deliveries += 1;
      const { attempt = 1, receivedAt = new Date(), ...handling } = options;
      const { id = `delivery-${String(deliveries).padStart(4, '0')}` } = options;
      const delivery = {
        id,
        event: 'pull_request.opened',
        key: `${repository}#${number}`,
        payload: '{}',
        attempt,
        receivedAt,
      };
      const target = { installationId: 4_242_000, repository, issue: number };
      await triagePullRequest(target, delivery, context, handling);
      const { decisions } = await readDecisions(store.db, { repository, limit: 100 });
      return decisions
        .filter(({ issue }) => issue === number)
        .map(({ outcome, plan, applied }) => ({
          outcome,
          plan: plan as unknown as ChangePlan,
          applied: applied as Recorded['applied'],
        }))
        .reverse();
    },
    async close() {
      await github.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answering<L extends string>(
  { labels }: ModelKind<L>,
  says: () => ChangeType | null,
): Classifier<L> {
  const thresholds = Object.fromEntries(labels.map((label) => [label, 0.6])) as Record<L, number>;
  return {
    manifest: {
      schema: 1,
      name: 'an-answer',
      version: '1',
      licence: 'MIT',
      base: 'none',
      preparation: 1,
      labels,
      maxTokens: 8,
      inputs: ['input_ids', 'attention_mask'],
      temperature: 1,
      thresholds,
      files: [],
      data: [],
      measured: {},
    },
    classify: async () => ({
      logits: CHANGE_TYPES.map((type) => (type === says() ? SURE : 0)),
      embedding: new Float32Array(1),
      tokens: 1,
      ms: 1,
    }),
  };
}

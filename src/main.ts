import { Hono } from 'hono';
import {
  type Credentials,
  type Environment,
  EnvironmentError,
  readEnvironment,
} from './config/environment.js';
import { readVariables } from './config/read-variables.js';
import type { DashboardAccess } from './dashboard/access.js';
import { createDashboard } from './dashboard/create-dashboard.js';
import { createSetup } from './dashboard/create-setup.js';
import { connectGitHub, type GitHub } from './github/connect.js';
import { everyNight } from './handlers/every-night.js';
import { queueDueLearning, queueOutdatedHeads } from './handlers/queue-due-learning.js';
import { createChangeHabits } from './handlers/read-change-habits.js';
import { createHeadReader } from './handlers/read-head.js';
import { createRepositoryReader } from './handlers/read-repository.js';
import { handleDelivery, routeDelivery } from './handlers/table.js';
import { createLearner } from './learning/create-learner.js';
import { CHANGE_ENCODER } from './models/model-kind.js';
import { startEncoder } from './models/start-encoder.js';
import { type EncoderSupervisor, superviseEncoder } from './models/supervise-encoder.js';
import { openQueue } from './queue/open-queue.js';
import type { Consumer, Queue } from './queue/queue.js';
import { openStore, type Store } from './store/open-store.js';
import { createLogger, type Logger, redactText } from './telemetry/logger.js';
import { createMetrics, type Metrics } from './telemetry/metrics.js';
import { createObservation } from './telemetry/observation-routes.js';
import { listen } from './webhook/listen.js';
import { createReceipt, WEBHOOK_PATH } from './webhook/receive-delivery.js';

const ENV_FILE = '.env';
const ENCODER_RETRY_MS = 30_000;
const STOP_MS = 20_000;
const PRUNE_MS = 3_600_000;
/** The hour of this machine's day at which repositories are learned again. */
const NIGHT_HOUR = 3;
/** GitHub offers a delivery for redelivery for 3 days; ids are remembered well past that. */
const DELIVERY_DAYS = 30;
const DECISION_DAYS = 365;

/** Repositories learned from side by side: each takes a thread with much memory. */
const LEARNINGS = 1;

/** What has to be stopped, last started first. */
type Stop = () => Promise<void>;

function accessOf(environment: Environment): DashboardAccess {
  if (environment.dashboardPassword !== null) {
    return { kind: 'password', password: environment.dashboardPassword };
  }
  return { kind: environment.dashboardOpen ? 'open' : 'off' };
}

function connect(environment: Environment, credentials: Credentials, metrics: Metrics): GitHub {
  return connectGitHub({
    ...credentials,
    apiUrl: environment.githubApiUrl,
    onResponse: ({ method, status, installation, remaining }) => {
      metrics.githubRequests.inc({ method, status: String(status) });
      if (remaining !== null) {
        metrics.githubRemaining.set({ installation: String(installation ?? 'app') }, remaining);
      }
    },
  });
}

function observation({
  store,
  queue,
  encoder,
  metrics,
}: Parts): ReturnType<typeof createObservation> {
  return createObservation({
    metrics,
    problems: async () => {
      const storeProblem = await store.ping().then(
        () => null,
        (error: Error) => error.message,
      );
      return [encoder.problem, storeProblem].filter((problem) => problem !== null);
    },
    refresh: async () => {
      const { oldestReadyMs, ...states } = await queue.counts();
      metrics.queueAge.set(oldestReadyMs / 1000);
      for (const [state, count] of Object.entries(states)) {
        metrics.queueDepth.set({ state }, count);
      }
    },
  });
}

interface Parts {
  readonly store: Store;
  readonly queue: Queue;
  readonly encoder: EncoderSupervisor;
  readonly metrics: Metrics;
}

/** Starts handling once the encoder runs; receipt does not wait for it. */
async function consume(parts: Parts, environment: Environment, github: GitHub, logger: Logger) {
  const { store, queue, encoder, metrics } = parts;
  await encoder.started;
  const repositories = createRepositoryReader({ store, logger });
  const changeHabits = createChangeHabits();
  const heads = createHeadReader(store);
  const learner = createLearner();
  const context = {
    github,
    encoder,
    repositories,
    changeHabits,
    heads,
    learner,
    queue,
    store,
    metrics,
    logger,
  };
  return queue.consume((delivery) => handleDelivery(delivery, context), {
    concurrency: environment.concurrency,
    background: LEARNINGS,
    onFailure: ({ delivery, error, retryAt }) => {
      metrics.failures.inc({ result: retryAt ? 'retry' : 'dead' });
      const { id, key, attempt } = delivery;
      logger[retryAt ? 'warn' : 'error'](
        { delivery: id, issue: key, attempt, retryAt, err: error },
        retryAt ? 'a try failed' : 'given up; see "sentinel queue list --state dead"',
      );
    },
  });
}

/** The App itself. Resolves, once everything listens, with what stops it. */
async function serve(
  environment: Environment,
  credentials: Credentials,
  logger: Logger,
): Promise<Stop> {
  const store = await openStore(environment.databaseUrl);
  const queue = await openQueue(store, {
    onError: (error) => logger.error({ err: error }, 'the queue met an error and goes on'),
  });
  const metrics = createMetrics();
  const encoder = superviseEncoder({
    start: () => startEncoder({ threads: environment.encoderThreads }),
    besides: [CHANGE_ENCODER],
    retryMs: ENCODER_RETRY_MS,
    onProblem: (error) => logger.error({ err: error }, 'a model does not run; deliveries wait'),
  });
  const parts: Parts = { store, queue, encoder, metrics };
  const github = connect(environment, credentials, metrics);
  const app = new Hono()
    .route('/', observation(parts))
    .route(
      '/',
      createReceipt({
        secret: credentials.webhookSecret,
        route: routeDelivery,
        enqueue: (delivery) => queue.enqueue(delivery),
        metrics,
        logger,
      }),
    )
    .route(
      '/',
      createDashboard({
        database: store.db,
        queue,
        access: accessOf(environment),
        githubWebUrl: environment.githubWebUrl,
        onError: (error) => logger.error({ err: error }, 'a page could not be shown'),
      }),
    );
  const server = await listen(app, environment);
  const { url } = server;
  logger.info({ url, webhook: url + WEBHOOK_PATH, decisions: `${url}/decisions` }, 'listening');

  let consumer: Consumer | null = null;
  const consuming = consume(parts, environment, github, logger).then((started) => {
    consumer = started;
    logger.info({ model: encoder.manifest.version }, 'ready');
    void relearn(parts, logger, queueOutdatedHeads);
    // Now, too: one that is restarted often may never live to see the interval.
    void prune(store, logger);
  });
  consuming.catch((error: unknown) => {
    logger.fatal({ err: error }, 'handling could not start');
    process.exit(1);
  });
  const pruning = setInterval(() => prune(store, logger), PRUNE_MS);
  const stopNights = everyNight(NIGHT_HOUR, () => void relearn(parts, logger, queueDueLearning));
  return async () => {
    clearInterval(pruning);
    stopNights();
    // Side by side: a slow request must not keep handlers from being waited for.
    await Promise.all([server.close(), consumer?.stop()]);
    await encoder.close();
    await queue.close();
    await store.close();
  };
}

/** Queues what is to be learned again; failing costs nothing but the wait for the next time. */
async function relearn(
  parts: Parts,
  logger: Logger,
  queueLearnings: (parts: Parts) => Promise<string[]>,
): Promise<void> {
  try {
    const repositories = await queueLearnings(parts);
    if (repositories.length > 0) logger.info({ repositories }, 'to be learned again');
  } catch (error) {
    logger.warn({ err: error }, 'what is to be learned again could not be queued');
  }
}

async function prune(store: Store, logger: Logger): Promise<void> {
  const day = 86_400_000;
  try {
    await store.deliveries.prune(Date.now() - DELIVERY_DAYS * day);
    await store.decisions.prune(Date.now() - DECISION_DAYS * day);
    await store.labelFeedback.prune(Date.now() - DECISION_DAYS * day);
  } catch (error) {
    logger.warn({ err: error }, 'old rows could not be removed; trying again later');
  }
}

/** Without credentials: the page that gets them from GitHub. Goes on as the App afterwards. */
async function setUp(environment: Environment, logger: Logger): Promise<Stop> {
  let stop: Stop = async () => {};
  const app = createSetup({
    envFile: ENV_FILE,
    githubWebUrl: environment.githubWebUrl,
    githubApiUrl: environment.githubApiUrl,
    webhookPath: WEBHOOK_PATH,
    onConfigured: ({ slug }) => {
      logger.info({ slug }, 'the App is created; starting it');
      // After the answer is out: the page that says so is served by this server.
      setTimeout(() => void stop().then(start).catch(giveUp), 500);
    },
  });
  app.get('/healthz', (context) => context.json({ status: 'alive' }));
  app.get('/readyz', (context) =>
    context.json({ status: 'not ready', problems: ['No credentials yet: open / to set up.'] }, 503),
  );
  const server = await listen(app, environment);
  console.log(`Sentinel has no credentials yet. Open ${server.url} to create its GitHub App.`);
  stop = () => server.close();
  return () => stop();
}

let stopRunning: Stop = async () => {};

async function start(): Promise<void> {
  const environment = readEnvironment(readVariables(ENV_FILE, process.env));
  const logger = createLogger(environment.logLevel);
  stopRunning = environment.credentials
    ? await serve(environment, environment.credentials, logger)
    : await setUp(environment, logger);
}

async function stopOnSignal(): Promise<void> {
  setTimeout(() => process.exit(1), STOP_MS).unref();
  await stopRunning();
  process.exit(0);
}

process.once('SIGTERM', stopOnSignal);
process.once('SIGINT', stopOnSignal);

function giveUp(error: unknown): void {
  const text = error instanceof EnvironmentError ? error.message : `Could not start: ${error}`;
  console.error(redactText(text));
  process.exit(1);
}

start().catch(giveUp);

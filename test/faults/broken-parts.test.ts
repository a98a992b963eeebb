import { copyFileSync, renameSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  findFreePort,
  type GitHub,
  labelsOf,
  openIssue,
  type RunningApp,
  startApp,
  startGitHub,
  webhookUrlAt,
} from '../support/github-emulator.js';
import { CLEAR, EAGER_CONFIG, until } from '../support/run-sentinel.js';
import { copyInstallation, spawnProgram, temporaryFolder } from '../support/spawn-program.js';

const NAME = 'octo/broken-parts';
const MODEL = '../../models/issue-encoder/onnx/model_quantized.onnx';
let github: GitHub;
let app: RunningApp | undefined;
const place = temporaryFolder();

beforeAll(async () => {
  const files = { '.github/sentinel.yml': EAGER_CONFIG };
  github = await startGitHub({
    appWebhookUrl: webhookUrlAt(await findFreePort()),
    secret: 'a-secret-for-tests-only-0123456789',
    repositories: [{ owner: 'octo', name: 'broken-parts', labels: [{ name: 'bug' }], files }],
    users: ['reporter'],
  });
});
afterAll(async () => {
  await app?.stop();
  await github?.close();
  place.remove();
});

async function openBug(): Promise<{ number: number; status: number | null }> {
  const reporter = await github.as('reporter');
  const { number } = await openIssue(reporter, NAME, CLEAR.bug);
  const sent = await until(
    async () => github.webhooks.deliveries.find(({ issue }) => issue === number),
    'the webhook',
  );
  return { number, status: await sent.answered };
}

async function labelled(number: number): Promise<void> {
  const reporter = await github.as('reporter');
  await until(
    async () => ((await labelsOf(reporter, NAME, number)).includes('bug') ? true : undefined),
    `a label on #${number}`,
  );
}

/** Deliveries of GitHub's that are not finished; learning, which the App queues itself, is left out. */
function openDeliveries(dataDirectory: string): unknown[] {
  const store = new Libsql(path.join(dataDirectory, 'sentinel.sqlite'));
  try {
    return store
      .prepare(
        "select event, key from deliveries where finished_at is null and event not like 'sentinel.%'",
      )
      .all();
  } finally {
    store.close();
  }
}

describe('a model that is damaged at the start', () => {
  it('is named by /readyz; deliveries are taken, and handled once it is restored', {
    timeout: 120_000,
  }, async () => {
    const { modelFile } = copyInstallation(place.folder);
    truncateSync(modelFile, 1000);
    const program = await spawnProgram({
      folder: place.folder,
      installation: place.folder,
      environment: {
        APP_ID: github.appId,
        PRIVATE_KEY: github.privateKey,
        WEBHOOK_SECRET: github.webhookSecret,
        GITHUB_API_URL: github.url,
        DATABASE_URL: `sqlite:${path.join(place.folder, 'sentinel.sqlite')}`,
      },
    });
    try {
      github.webhooks.deliverTo(`${program.url}/api/github/webhooks`);
      await until(
        async () =>
          (await program.answers('/readyz', 503)).includes('model_quantized.onnx is corrupt')
            ? true
            : undefined,
        'the file by name',
      );
      const { number, status } = await openBug();
      expect(status).toBe(202);
      expect(await labelsOf(await github.as('reporter'), NAME, number)).toEqual([]);

      copyFileSync(fileURLToPath(new URL(MODEL, import.meta.url)), modelFile);
      await program.answers('/readyz', 200);
      await labelled(number);
    } finally {
      expect(await program.end()).toBe(0);
    }
  });
});

describe('a running app', () => {
  beforeAll(async () => {
    app = await startApp({ github });
    github.webhooks.deliverTo(app.webhookUrl);
  });

  it('records as refused what it may no longer reach, for it was uninstalled', async () => {
    github.api.interfere(({ path: called }) =>
      called.endsWith('/access_tokens')
        ? { kind: 'answer', status: 404, body: { message: 'Not Found' } }
        : undefined,
    );
    const { number, status } = await openBug();
    expect(status).toBe(202);
    await until(async () => {
      const text = await (await fetch(`${app?.url}/decisions.json?issue=${number}`)).text();
      return text.includes('refused:gone') ? true : undefined;
    }, 'a refusal');
    github.api.interfere(null);
  });

  it('answers 503 while its store is locked, and takes the same delivery afterwards', async () => {
    const file = path.join(app?.dataDirectory ?? '', 'sentinel.sqlite');
    const lock = new Libsql(file);
    // The app may be writing at this moment.
    lock.exec('pragma busy_timeout = 20000');
    lock.exec('begin immediate');
    const { number, status } = await openBug().finally(() => {
      lock.exec('rollback');
      lock.close();
    });
    expect(status).toBe(503);
    const sent = github.webhooks.deliveries.find(({ issue }) => issue === number);
    expect(await github.webhooks.redeliver(sent?.id ?? '').answered).toBe(202);
    await labelled(number);
  });

  it('answers 503 and says why while its database file is away, and goes on afterwards', async () => {
    const folder = app?.dataDirectory ?? '';
    // A label is seen before what led to it is recorded, which the file must be there for.
    await until(
      async () => (openDeliveries(folder).length === 0 ? true : undefined),
      'all to be recorded',
    );
    const file = path.join(folder, 'sentinel.sqlite');
    renameSync(file, `${file}.away`);
    const { number, status } = await openBug();
    const readiness = await fetch(`${app?.url}/readyz`);
    renameSync(`${file}.away`, file);
    expect(status).toBe(503);
    expect(readiness.status).toBe(503);
    expect(await readiness.text()).toContain('sentinel.sqlite was moved or deleted');
    const sent = github.webhooks.deliveries.find(({ issue }) => issue === number);
    expect(await github.webhooks.redeliver(sent?.id ?? '').answered).toBe(202);
    await labelled(number);
  });

  it('told to stop, finishes what it is doing and leaves the rest for the next start', async () => {
    if (!app) throw new Error('not started');
    let writing: () => void = () => {};
    const started = new Promise<void>((resolve) => {
      writing = resolve;
    });
    github.api.interfere(({ method, path: called }) => {
      if (method !== 'POST' || !called.endsWith('/labels')) return undefined;
      writing();
      return { kind: 'delay', ms: 1500 };
    });
    const { number } = await openBug();
    await started;
    const { pid, exited, dataDirectory } = app;
    process.kill(pid, 'SIGTERM');
    expect(await exited).toBe(0);
    github.api.interfere(null);
    expect(await labelsOf(await github.as('reporter'), NAME, number)).toEqual(['bug']);

    expect(openDeliveries(dataDirectory)).toEqual([]);
  });
});

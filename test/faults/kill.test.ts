import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { loadEncoderSession } from '../../src/models/encoder-session.js';
import { ISSUE_ENCODER } from '../../src/models/model-kind.js';
import { openQueue } from '../../src/queue/open-queue.js';
import { openStore } from '../../src/store/open-store.js';
import { chooseClass } from '../../src/triage/choose-class.js';
import { prepareIssue } from '../../src/triage/prepare-issue.js';
import { scoreIssue } from '../../src/triage/score-issue.js';
import {
  findFreePort,
  type GitHub,
  labelsOf,
  listTimeline,
  openIssue,
  type RunningApp,
  startApp,
  startGitHub,
  webhookUrlAt,
} from '../support/github-emulator.js';
import { until } from '../support/run-sentinel.js';

// An installation has 5,000 calls an hour; five share the work.
const OWNERS = ['kill-a', 'kill-b', 'kill-c', 'kill-d', 'kill-e'];
const ISSUES_EACH = 100;
const KILLS = 5;
const LABELS = { bug: 'bug', feature: 'enhancement', question: 'question' } as const;

interface Text {
  readonly title: string;
  readonly body: string;
}

/** A dozen of the demo's issues: real lengths, all kinds, some that leave the model unsure. */
const texts: Text[] = readFileSync(new URL('../../demo/issues.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Text)
  .map(({ title, body }) => ({ title, body: body ?? '' }))
  .filter(({ body }) => body.length < 5000)
  .slice(0, 12);

let github: GitHub | undefined;
let app: RunningApp | undefined;
afterAll(async () => {
  await app?.stop();
  await github?.close();
});

it('five kills among 500 deliveries lose nothing and do nothing twice', {
  timeout: 400_000,
}, async () => {
  const port = await findFreePort();
  github = await startGitHub({
    appWebhookUrl: webhookUrlAt(port),
    secret: 'a-secret-for-tests-only-0123456789',
    repositories: OWNERS.map((owner) => ({
      owner,
      name: 'app',
      labels: Object.values(LABELS).map((name) => ({ name })),
    })),
    users: ['reporter'],
  });
  const reporter = await github.as('reporter');
  const opened: { repository: string; number: number; text: Text }[] = [];
  for (let i = 0; i < OWNERS.length * ISSUES_EACH; i++) {
    const repository = `${OWNERS[i % OWNERS.length]}/app`;
    const text = texts[i % texts.length] ?? { title: 'x', body: '' };
    const { number } = await openIssue(reporter, repository, text);
    opened.push({ repository, number, text });
  }
  await until(
    async () => (github?.webhooks.deliveries.length === opened.length ? true : undefined),
    'all webhooks',
  );
  app = await startApp({ github, port });
  const { dataDirectory } = app;
  const delivered = redeliverUntilStored(github);

  let seed = 20_261_124;
  for (let kill = 0; kill < KILLS; kill++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    await wait(300 + (seed % 2500));
    await app.kill();
    app = await startApp({ github, port, dataDirectory });
  }
  await delivered;

  const store = await openStore(`sqlite:${dataDirectory}/sentinel.sqlite`);
  const queue = await openQueue(store);
  await until(
    async () => {
      const { ready, delayed, running } = await queue.counts();
      return ready + delayed + running === 0 ? true : undefined;
    },
    'the queue to run empty',
    300_000,
  );
  expect((await queue.counts()).dead).toBe(0);
  const known = await store.db
    .selectFrom('deliveries')
    .select(['id', 'outcome'])
    .where('event', '=', 'issues.opened')
    .execute();
  expect(known.filter(({ outcome }) => outcome !== 'completed')).toEqual([]);
  expect(new Set(known.map(({ id }) => id)).size).toBe(opened.length);
  await queue.close();
  await store.close();

  const expected = await expectedLabels(opened);
  const wrong: string[] = [];
  for (const [i, { repository, number }] of opened.entries()) {
    const labels = await labelsOf(reporter, repository, number);
    const put = (await listTimeline(reporter, repository, number)).filter(
      ({ event }) => event === 'labeled',
    );
    if (labels.join() !== (expected[i] ?? '') || put.length !== labels.length) {
      wrong.push(`${repository}#${number}: ${labels} put ${put.length}, wanted ${expected[i]}`);
    }
  }
  expect(wrong).toEqual([]);
});

/** Sends again what was not acknowledged, as a person does on GitHub's page of deliveries. */
async function redeliverUntilStored({ webhooks }: GitHub): Promise<void> {
  const open = webhooks.deliveries.filter(({ action }) => action === 'opened');
  await Promise.all(
    open.map(async ({ id, answered }) => {
      let status = await answered;
      while (status !== 202) {
        await wait(500);
        status = await webhooks.redeliver(id).answered;
      }
    }),
  );
}

/** What the model says of each, by the same steps in this process; '' where it is not sure. */
async function expectedLabels(opened: readonly { text: Text }[]): Promise<string[]> {
  const session = await loadEncoderSession(ISSUE_ENCODER, 1);
  const { temperature, thresholds } = session.manifest;
  const known = new Map<string, string>();
  const expected: string[] = [];
  for (const { text } of opened) {
    const prepared = prepareIssue(text);
    if (!known.has(prepared)) {
      const { logits } = await session.encode(prepared);
      const { class: chosen } = chooseClass(scoreIssue(logits, temperature), thresholds);
      known.set(prepared, chosen ? LABELS[chosen] : '');
    }
    expected.push(known.get(prepared) ?? '');
  }
  return expected;
}

import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RepositoryStats } from '../../src/learning/repository-stats.js';
import { CHANGE_ENCODER } from '../../src/models/model-kind.js';
import { addLabels, removeLabel } from '../support/github-emulator.js';
import { pullHistory } from '../support/pull-history.js';
import { openPull, type PullFacts, pullFacts, pullLabels, push } from '../support/pull-requests.js';
import { runSentinel, type Sentinel, until } from '../support/run-sentinel.js';
import { copyInstallation, temporaryFolder } from '../support/spawn-program.js';
import { PULL_PERMISSIONS } from '../support/triage-pulls.js';
import { change, PULL_AREAS, type PullArea } from '../support/written-pulls.js';

const CLI = fileURLToPath(new URL('../../dist/cli/sentinel.js', import.meta.url));
const NAME = 'octo/areas';
const PULLS = 120;
const noModel = !existsSync(path.join(CHANGE_ENCODER.directory, 'manifest.json'));

// Without the change encoder's files nothing is learned from pull requests; there is nothing to see.
describe.skipIf(noModel)('a repository whose pull requests are labelled by area', () => {
  let sentinel: Sentinel;
  let facts: PullFacts;

  async function learned(): Promise<RepositoryStats['pulls'] | undefined> {
    const response = await fetch(`${sentinel.app.url}/labels.json?repository=${NAME}`);
    const { repositories } = (await response.json()) as { repositories: RepositoryStats[] };
    return repositories[0]?.pulls;
  }

  const liveOf = async (area: PullArea) =>
    (await learned())?.labels.find(({ label }) => label === area)?.live;

  beforeAll(async () => {
    facts = pullFacts();
    sentinel = await runSentinel({
      repositories: [
        { owner: 'octo', name: 'areas', labels: PULL_AREAS.map((name) => ({ name })) },
      ],
      events: ['issues', 'pull_request'],
      permissions: PULL_PERMISSIONS,
      intercept: pullHistory([NAME], facts.intercept),
      async before(github) {
        facts.follow(github);
        const maintainer = await github.as('maintainer');
        const reporter = await github.as('reporter');
        for (let n = 0; n < PULLS; n++) {
          const area = PULL_AREAS[n % 2] ?? 'area: api';
          const { title, files } = change(area, n);
          const { number } = await openPull(reporter, NAME, { title });
          facts.setFiles(NAME, number, files);
          await addLabels(maintainer, NAME, number, [area]);
        }
      },
    });
    sentinel.github.webhooks.send('installation', {
      action: 'created',
      installation: { id: Number(sentinel.github.appId) * 1000 },
      repositories: [{ full_name: NAME }],
    });
    await until(async () => ((await learned())?.head ? true : undefined), 'a head', 240_000);
  }, 360_000);
  afterAll(() => sentinel?.close());

  /** The areas that Sentinel gave a new pull request, and the webhook that told of it. */
  async function open(area: PullArea, n: number) {
    const { title, files } = change(area, n);
    sentinel.github.webhooks.hold();
    const { number } = await openPull(sentinel.reporter, NAME, { title });
    facts.setFiles(NAME, number, files);
    sentinel.github.webhooks.release();
    const decision = await sentinel.decided(NAME, number);
    const opened = sentinel.github.webhooks.deliveries.findLast(
      ({ event, action }) => event === 'pull_request' && action === 'opened',
    );
    const payload = JSON.parse(opened?.body ?? '{}') as object;
    return { number, decision, payload };
  }

  const areasOf = async (number: number) =>
    (await pullLabels(sentinel.maintainer, NAME, number)).filter((name) =>
      name.startsWith('area: '),
    );

  /** Runs the command line on a database of its own. */
  const byHand = (...words: string[]) => run(CLI, ...words);

  async function run(program: string, ...words: string[]): Promise<string> {
    const { github, app } = sentinel;
    const env = {
      PATH: process.env.PATH ?? '',
      APP_ID: github.appId,
      PRIVATE_KEY: github.privateKey,
      WEBHOOK_SECRET: github.webhookSecret,
      GITHUB_API_URL: github.url,
      DATABASE_URL: `sqlite:${path.join(app.dataDirectory, 'by-hand.sqlite')}`,
    };
    return (await promisify(execFile)(process.execPath, [program, ...words], { env })).stdout;
  }

  it('is learned from, and shows what it can promise', async () => {
    const pulls = await learned();
    expect(pulls).toMatchObject({
      labelled: PULLS,
      head: { promise: 0.9, learnedFrom: PULLS },
      labels: [{ use: 'put' }, { use: 'put' }],
    });
    expect(pulls?.labels.map(({ label }) => label).toSorted()).toEqual(PULL_AREAS.toSorted());
  });

  it.each(PULL_AREAS)('gets a new pull request’s area by its paths: %s', async (area) => {
    const { number, decision } = await open(area, 501);
    expect(decision.plan.reasons.map(({ code }) => code)).toContain('learned');
    expect(await areasOf(number)).toEqual([area]);
  });

  it('is learned from by the command line as well', { timeout: 240_000 }, async () => {
    expect(JSON.parse(await byHand('learn', NAME, '--json'))).toMatchObject({
      repository: NAME,
      issues: 0,
      version: null,
      pulls: { pulls: PULLS, version: 1, inUse: true },
    });
    expect(await byHand('learn', NAME)).toMatch(
      /octo\/areas: nothing learned from 0 issues.*\nocto\/areas: head 1 learned from 120 pull requests, in use\. /,
    );
  });

  it('is backtested by the command line', { timeout: 120_000 }, async () => {
    const words = ['backtest', NAME, '--pull-requests'];
    const report = JSON.parse(await byHand(...words, '--json'));
    expect(report.issues).toMatchObject({ all: PULLS, seenByEncoder: 0 });
    const names = report.labels.map(({ name }: { name: string }) => name);
    expect(names.toSorted()).toEqual(PULL_AREAS.toSorted());
    expect(await byHand(...words)).toMatch(/^Judged \d+ of 120 pull requests in /);
  });

  it('says which file of the change encoder is missing, and learns from issues all the same', async () => {
    const place = temporaryFolder();
    try {
      copyInstallation(place.folder);
      rmSync(path.join(place.folder, 'models', 'change-encoder', 'manifest.json'));
      const program = path.join(place.folder, 'dist', 'cli', 'sentinel.js');
      const failed = await run(program, 'learn', NAME, '--json').catch((error) => error);
      expect(failed.code).toBe(1);
      expect(JSON.parse(failed.stdout)).toMatchObject({
        because: expect.stringContaining('0 issues'),
        pulls: { version: null, because: expect.stringContaining('manifest.json') },
      });
    } finally {
      place.remove();
    }
  }, 120_000);

  it('counts a label that a person takes off, and never puts it back', async () => {
    const { number, payload } = await open('area: docs', 502);
    expect(await areasOf(number)).toEqual(['area: docs']);
    const before = await liveOf('area: docs');
    const unlabelled = sentinel.github.webhooks.send('pull_request', {
      ...payload,
      action: 'unlabeled',
      label: { name: 'area: docs' },
      sender: { login: 'maintainer', type: 'User' },
    });
    expect(await unlabelled.answered).toBe(202);
    await until(async () => {
      const live = await liveOf('area: docs');
      return live?.put === before?.put && live?.kept === (before?.kept ?? 0) - 1 ? true : undefined;
    }, 'the feedback');

    await removeLabel(sentinel.maintainer, NAME, number, 'area: docs');
    await push(sentinel.maintainer, NAME, number);
    sentinel.github.webhooks.send('pull_request', { ...payload, action: 'synchronize' });
    const again = await sentinel.decided(NAME, number, 2);
    expect(again.plan.reasons.map(({ code }) => code)).toContain('human-removed');
    expect(await areasOf(number)).toEqual([]);
  });
});

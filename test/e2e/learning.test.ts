import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RepositoryStats } from '../../src/learning/repository-stats.js';
import {
  addLabels,
  editIssue,
  labelsOf,
  openIssue,
  removeLabel,
} from '../support/github-emulator.js';
import { runSentinel, type Sentinel, until } from '../support/run-sentinel.js';
import { complaint, writeHistory } from '../support/written-history.js';

const NAME = 'octo/learned';
const ISSUES = 120;
/** Issues that a stranger labels the wrong way round. */
const POISONED = 10;
const LABELS = ['area: printing', 'area: network', 'bug', 'enhancement', 'question'];
let sentinel: Sentinel;

/** GitHub tells that the App was installed or uninstalled. */
function tellInstallation(action: 'created' | 'deleted'): void {
  sentinel.github.webhooks.send('installation', {
    action,
    installation: { id: Number(sentinel.github.appId) * 1000 },
    repositories: [{ full_name: NAME }],
  });
}

async function stats(): Promise<RepositoryStats | undefined> {
  const response = await fetch(`${sentinel.app.url}/labels.json?repository=${NAME}`);
  const { repositories } = (await response.json()) as { repositories: RepositoryStats[] };
  return repositories[0];
}

beforeAll(async () => {
  sentinel = await runSentinel({
    repositories: [{ owner: 'octo', name: 'learned', labels: LABELS.map((name) => ({ name })) }],
    // The three classes stay silent, so that only what is learned labels.
    configs: { [NAME]: 'thresholds:\n  bug: 1\n  feature: 1\n  question: 1\n' },
    users: ['stranger'],
    async before(github) {
      const maintainer = await github.as('maintainer');
      const reporter = await github.as('reporter');
      const stranger = await github.as('stranger');
      await writeHistory(NAME, ISSUES, { maintainer, reporter });
      for (let n = 0; n < POISONED; n++) {
        const { number } = await openIssue(reporter, NAME, complaint('area: printing', 500 + n));
        await addLabels(stranger, NAME, number, ['area: network']);
      }
    },
  });
  tellInstallation('created');
  await until(async () => ((await stats())?.head ? true : undefined), 'a head', 240_000);
}, 300_000);
afterAll(() => sentinel?.close());

describe('a repository with a labelled history', () => {
  let number: number;

  it('is learned from on installation, and shows what it can promise', async () => {
    const learned = await stats();
    expect(learned?.issues).toBe(ISSUES + POISONED);
    expect(learned?.head).toMatchObject({ version: 1, promise: 0.9, learnedFrom: ISSUES });
    for (const label of ['area: printing', 'area: network']) {
      const found = learned?.labels.find((one) => one.label === label);
      expect(found).toMatchObject({ use: 'put', examples: ISSUES / 2 });
      expect(found?.backtest?.precisionLowerBound).toBeGreaterThanOrEqual(0.9);
    }
  });

  it('gets its own label on a new issue', async () => {
    ({ number } = await openIssue(sentinel.reporter, NAME, complaint('area: printing', 1001)));
    const decision = await sentinel.decided(NAME, number);
    expect(decision.outcome).toBe('applied');
    expect(decision.plan.reasons.map(({ code }) => code)).toContain('learned');
    expect(await labelsOf(sentinel.reporter, NAME, number)).toEqual(['area: printing']);
  });

  it('records a label that a person takes off, and never puts it back', async () => {
    await removeLabel(sentinel.maintainer, NAME, number, 'area: printing');
    await until(async () => {
      const live = (await stats())?.labels.find(({ label }) => label === 'area: printing')?.live;
      return live?.put === 1 && live.kept === 0 ? true : undefined;
    }, 'the feedback');
    await editIssue(sentinel.maintainer, NAME, number, { state: 'closed' });
    await editIssue(sentinel.maintainer, NAME, number, { state: 'open' });
    const again = await sentinel.decided(NAME, number, 2);
    expect(again.plan.reasons.map(({ code }) => code)).toContain('human-removed');
    expect(await labelsOf(sentinel.reporter, NAME, number)).toEqual([]);
  });

  it('takes nothing from a stranger’s labels, then and now', async () => {
    const issue = await openIssue(sentinel.reporter, NAME, complaint('area: network', 1002));
    await sentinel.decided(NAME, issue.number);
    const stranger = await sentinel.github.as('stranger');
    await removeLabel(stranger, NAME, issue.number, 'area: network');
    await sentinel.idle();
    const live = (await stats())?.labels.find(({ label }) => label === 'area: network')?.live;
    expect(live).toMatchObject({ put: 1, kept: 1 });
  });

  it('is forgotten when the App is uninstalled', async () => {
    tellInstallation('deleted');
    await until(async () => ((await stats())?.head ? undefined : true), 'the forgetting');
    expect((await stats())?.issues ?? 0).toBe(0);
  });
});

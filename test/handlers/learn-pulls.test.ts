import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_REPOSITORY_CONFIG } from '../../src/config/repository-config.js';
import { learnPulls } from '../../src/handlers/learn-pulls.js';
import { chooseHead } from '../../src/learning/choose-head.js';
import { headSchema } from '../../src/learning/head.js';
import { learnHead } from '../../src/learning/learn-head.js';
import { changeInput } from '../../src/triage/change-input.js';
import { addLabels, removeLabel } from '../support/github-emulator.js';
import { openPull, pullLabels } from '../support/pull-requests.js';
import { type PullTriage, triagePulls } from '../support/triage-pulls.js';
import { change, PULL_AREAS, type PullArea } from '../support/written-pulls.js';

const START = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const PULLS = 120;
const LABELS = ['area: docs', 'area: api', 'bug', 'enhancement'].map((name) => ({ name }));
const CONFIGS: Readonly<Record<string, string>> = {
  learned: '',
  suggest: 'mode: suggest\n',
  ruled: `pull_requests:\n  paths:\n    'area: docs':\n      - changed-files:\n          - any-glob-to-any-file: nowhere/**\n`,
  few: '',
};

let triage: PullTriage;

beforeAll(async () => {
  triage = await triagePulls({
    repositories: Object.entries(CONFIGS).map(([name, config]) => ({
      owner: 'octo',
      name,
      labels: LABELS,
      files: config === '' ? {} : { '.github/sentinel.yml': config },
    })),
  });
  triage.modelSays(null);
});
afterAll(() => triage?.close());

/** A history in the store: areas in turn, every third pull request a bug fix too. */
async function remember(repository: string, count: number): Promise<void> {
  const { historyPulls, labelEvents, labelSetters } = triage.store;
  await labelSetters.save({
    repository,
    login: 'ada',
    role: 'triage',
    trusted: 1,
    checked_at: Date.now(),
  });
  for (let n = 0; n < count; n += 1) {
    const area = PULL_AREAS[n % 2] ?? 'area: api';
    const { title, files } = change(area, n);
    const number = 10_000 + n;
    const labels = n % 3 === 0 ? [area, 'bug'] : [area];
    const at = START + n * DAY_MS;
    const row = { repository, number, title, author: 'reporter', created_at: at, updated_at: at };
    await historyPulls.save([{ ...row, labels: JSON.stringify(labels) }]);
    const { text } = changeInput({ title, files: files.map(asChanged) });
    await historyPulls.saveFiles(row, { paths: files.map(({ filename }) => filename), text });
    await labelEvents.save(
      labels.map((label, index) => ({
        repository,
        id: n * 10 + index + 1,
        issue: number,
        label,
        action: 'added' as const,
        actor: 'ada',
        bot: 0,
        at,
      })),
    );
  }
}

function asChanged({ filename, additions = 0, patch = '' }: ReturnType<typeof change>['files'][0]) {
  return {
    path: filename,
    previousPath: null,
    status: 'modified' as const,
    additions,
    deletions: 0,
    patch,
  };
}

function learn(repository: string) {
  return learnPulls(repository, {
    store: triage.store,
    encoder: triage.encoder,
    learner: {
      seenByEncoder: async () => () => false,
      learn: async (examples, encoder, precision) =>
        learnHead(examples, { encoder, precision, learnedAt: new Date(START).toISOString() }),
      choose: async (...heads) => chooseHead(...heads),
    },
    precision: 0.9,
    config: DEFAULT_REPOSITORY_CONFIG.pull_requests,
  });
}

async function open(name: string, area: PullArea, n: number) {
  const repository = `octo/${name}`;
  const { title, files } = change(area, n);
  const { number } = await openPull(triage.maintainer, repository, { title });
  triage.facts.setFiles(repository, number, files);
  const labels = () => pullLabels(triage.maintainer, repository, number);
  return { repository, number, labels };
}

describe('labels learned from pull requests', () => {
  it('are areas, not types, with a promise for each', async () => {
    await remember('octo/learned', PULLS);
    const learning = await learn('octo/learned');
    expect(learning).toMatchObject({ pulls: PULLS, version: 1, inUse: true });
    const row = await triage.store.heads.inUse('octo/learned', 'pulls');
    const head = headSchema.parse(JSON.parse(row?.head ?? ''));
    expect(head.labels.map(({ name }) => name).toSorted()).toEqual(['area: api', 'area: docs']);
    for (const { threshold, backtest } of head.labels) {
      expect(threshold).not.toBeNull();
      expect(backtest?.precisionLowerBound).toBeGreaterThanOrEqual(0.9);
    }
    expect(await triage.store.heads.inUse('octo/learned')).toBeUndefined();
  });

  it.each(PULL_AREAS)('are put on a new pull request by its paths: %s', async (area) => {
    const { repository, number, labels } = await open('learned', area, 501);
    const [decision] = await triage.handle(repository, number);
    expect(decision).toMatchObject({ outcome: 'applied', plan: { learned: { version: 1 } } });
    expect(decision?.plan.reasons.map(({ code }) => code)).toContain('learned');
    expect(await labels()).toEqual([area]);
    expect(await triage.store.labelFeedback.ofIssue(repository, number)).toMatchObject([
      { label: area, proposed: 'applied', head_version: 1, truth: null },
    ]);
  });

  it('are not put back where a person took them off', async () => {
    const { repository, number, labels } = await open('learned', 'area: docs', 502);
    await triage.handle(repository, number);
    await removeLabel(triage.maintainer, repository, number, 'area: docs');
    const [, again] = await triage.handle(repository, number);
    expect(again?.plan.reasons.map(({ code }) => code)).toContain('human-removed');
    expect(await labels()).toEqual([]);
  });

  it('give way to the one of two areas that a person chose', async () => {
    const { repository, number, labels } = await open('learned', 'area: docs', 503);
    await addLabels(triage.maintainer, repository, number, ['area: api']);
    const [decision] = await triage.handle(repository, number);
    expect(decision?.plan.learned?.scores[0]?.name).toBe('area: docs');
    expect(await labels()).toEqual(['area: api']);
  });

  it('are only suggested in suggest mode', async () => {
    await remember('octo/suggest', PULLS);
    await learn('octo/suggest');
    const { repository, number, labels } = await open('suggest', 'area: api', 504);
    const [decision] = await triage.handle(repository, number);
    expect(decision?.outcome).toBe('suggested');
    expect(decision?.plan.comment?.body).toContain('area: api');
    expect(await labels()).toEqual([]);
  });

  it('are left to a rule where the label has one', async () => {
    await remember('octo/ruled', PULLS);
    await learn('octo/ruled');
    const { repository, number, labels } = await open('ruled', 'area: docs', 505);
    const [decision] = await triage.handle(repository, number);
    expect(decision?.plan.learned?.scores[0]?.name).toBe('area: docs');
    expect(await labels()).toEqual([]);
  });

  it('are none where few pull requests are labelled', async () => {
    await remember('octo/few', 29);
    const learning = await learn('octo/few');
    expect(learning).toMatchObject({ pulls: 29, version: null, inUse: false });
    expect(learning.because).toContain('29 pull requests');
    const { repository, number, labels } = await open('few', 'area: docs', 506);
    const [decision] = await triage.handle(repository, number);
    expect(decision?.outcome).toBe('abstained');
    expect(await labels()).toEqual([]);
  });
});

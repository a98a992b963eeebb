import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  labelsOf,
  openIssue,
  putFile,
  type RunningApp,
  startApp,
} from '../support/github-emulator.js';
import { CLEAR, EAGER_CONFIG, runSentinel, type Sentinel, until } from '../support/run-sentinel.js';

const NAME = 'octo/configured';
const FILE = '.github/sentinel.yml';
const GOOD = `${EAGER_CONFIG}labels:\n  bug: crash\n`;
let sentinel: Sentinel;
let again: RunningApp | undefined;

beforeAll(async () => {
  const labels = [{ name: 'bug' }, { name: 'crash' }, { name: 'enhancement' }];
  sentinel = await runSentinel({
    repositories: [
      { owner: 'octo', name: 'configured', labels },
      { owner: 'octo', name: '.github' },
      { owner: 'octo', name: 'plain', labels },
      { owner: 'octo', name: 'ignoring', labels },
      { owner: 'octo', name: 'off', labels },
    ],
    configs: {
      [NAME]: GOOD,
      'octo/.github': `mode: shadow\n${EAGER_CONFIG}`,
      'octo/ignoring': `${EAGER_CONFIG}ignore:\n  titles: ["[no triage]*"]\n  labels: [crash]\n`,
      'octo/off': `${EAGER_CONFIG}labels:\n  bug: false\n`,
    },
  });
});
afterAll(async () => {
  await again?.stop();
  await sentinel?.close();
});
afterEach(() => sentinel.github.api.interfere(null));

/** What a repository's file says is remembered for a minute; a new process reads it anew. */
async function restart(): Promise<RunningApp> {
  const { github, app } = sentinel;
  await (again ?? app).kill();
  again = await startApp({
    github,
    port: Number(new URL(app.url).port),
    dataDirectory: app.dataDirectory,
  });
  return again;
}

async function labelsOfNewBug(name: string): Promise<string[]> {
  const { number } = await openIssue(sentinel.reporter, name, CLEAR.bug);
  await sentinel.decided(name, number);
  return labelsOf(sentinel.reporter, name, number);
}

describe('a repository’s configuration', () => {
  it('names the label to use', async () => {
    expect(await labelsOfNewBug(NAME)).toEqual(['crash']);
  });

  it('comes from the owner’s .github repository where it has none', async () => {
    const { number } = await openIssue(sentinel.reporter, 'octo/plain', CLEAR.bug);
    expect((await sentinel.decided('octo/plain', number)).outcome).toBe('shadowed');
    expect(await labelsOf(sentinel.reporter, 'octo/plain', number)).toEqual([]);
  });

  it('says which issues to leave alone', async () => {
    const name = 'octo/ignoring';
    const titled = { ...CLEAR.bug, title: '[No triage] internal' };
    const byTitle = await openIssue(sentinel.reporter, name, titled);
    const byLabel = await openIssue(sentinel.maintainer, name, { ...CLEAR.bug, labels: ['crash'] });
    for (const [number, code] of [
      [byTitle.number, 'ignored-title'],
      [byLabel.number, 'ignored-label'],
    ] as const) {
      const decision = await sentinel.decided(name, number);
      expect(decision.outcome).toBe('ignored');
      expect(decision.plan.reasons[0]?.code).toBe(code);
    }
  });

  it('can switch a class off', async () => {
    const { number } = await openIssue(sentinel.reporter, 'octo/off', CLEAR.bug);
    const decision = await sentinel.decided('octo/off', number);
    expect(decision.plan.reasons.map(({ code }) => code)).toContain('label-off');
    expect(await labelsOf(sentinel.reporter, 'octo/off', number)).toEqual([]);
  });

  it('is read once for a burst of issues', async () => {
    const before = sentinel.github.api.requests.length;
    await Promise.all(Array.from({ length: 5 }, () => labelsOfNewBug(NAME)));
    const reads = sentinel.github.api.requests
      .slice(before)
      .filter(({ path }) => decodeURIComponent(path).includes(`configured/contents/${FILE}`));
    expect(reads).toEqual([]);
  });
});

describe('a configuration that breaks', () => {
  it('leaves the last good one in force, and its error is shown with its line', async () => {
    await putFile(sentinel.maintainer, NAME, FILE, `${GOOD}surprise: true\nmode: loud\n`);
    const { url } = await restart();
    expect(await labelsOfNewBug(NAME)).toEqual(['crash']);

    const page = await (await fetch(`${url}/decisions`)).text();
    expect(page).toContain(`${NAME}:${FILE}:7`);
    expect(page).toContain('surprise');
    expect(page).toContain(`${NAME}:${FILE}:8`);
    expect(page).toContain('must be one of apply, suggest, shadow');
  });

  it('is in force again once it is repaired, and the error is gone', async () => {
    await putFile(sentinel.maintainer, NAME, FILE, `${EAGER_CONFIG}labels:\n  bug: bug\n`);
    const { url } = await restart();
    expect(await labelsOfNewBug(NAME)).toEqual(['bug']);
    expect(await (await fetch(`${url}/decisions`)).text()).not.toContain('surprise');
  });

  it('is told, not followed, when it is not even YAML', async () => {
    await putFile(sentinel.maintainer, NAME, FILE, '\u0000{{{ not: [yaml');
    const { url } = await restart();
    expect(await labelsOfNewBug(NAME)).toEqual(['bug']);
    expect(await (await fetch(`${url}/decisions`)).text()).toContain('is not YAML');
  });
});

describe('a configuration that cannot be read', () => {
  it('for now is waited for, and nothing is done meanwhile', async () => {
    await restart();
    const faults = [502];
    sentinel.github.api.interfere(({ path }) => {
      const status = path.includes('/contents/') ? faults.shift() : undefined;
      return status === undefined ? undefined : { kind: 'answer', status };
    });
    const { number } = await openIssue(sentinel.reporter, NAME, CLEAR.bug);
    await until(async () => (faults.length === 0 ? true : undefined), 'the failure');
    expect(await labelsOf(sentinel.reporter, NAME, number)).toEqual([]);
    await sentinel.decided(NAME, number);
    expect(await labelsOf(sentinel.reporter, NAME, number)).toEqual(['bug']);
  });
});

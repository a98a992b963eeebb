import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Summary } from '../../demo/summarize.js';
import type { TriagedIssue } from '../../demo/triage-issues.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DATA = process.env.SENTINEL_DATA ?? join(ROOT, '../shared/data');
const REAL_ISSUES = join(DATA, 'issues/nlbse24-train.jsonl');
const MINUTES = 60_000;

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Report {
  readonly summary: Summary;
  readonly issues: readonly TriagedIssue[];
}

/** Runs the demo as `npm run demo` does after its build. */
function demo(...args: readonly string[]): Promise<Ended> {
  const command = [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'demo/run.ts', ...args];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      command,
      { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : Number(error.code ?? -1);
        resolve({ code, stdout, stderr });
      },
    );
  });
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sentinel-demo-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function expectAllHandled({ code, stdout, stderr }: Ended, count: number): Report {
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as Report;
  expect(report.issues.filter(({ problem }) => problem !== null)).toEqual([]);
  expect(report.summary).toMatchObject({ issues: count, handled: count });
  expect(code).toBe(0);
  for (const { outcome, decided, labels } of report.issues) {
    expect(labels.length).toBe(outcome === 'applied' ? 1 : 0);
    expect(decided === null).toBe(outcome !== 'applied');
  }
  return report;
}

describe('npm run demo', () => {
  it('handles every one of its own issues', { timeout: 3 * MINUTES }, async () => {
    const lines = (await readFile(join(ROOT, 'demo/issues.jsonl'), 'utf8')).trim().split('\n');
    const { issues } = expectAllHandled(await demo('--exit', '--json'), lines.length);
    expect(issues.length).toBeGreaterThanOrEqual(36);
    const styles = issues.flatMap(({ labels }) => labels);
    for (const label of styles) {
      expect(label).toMatch(
        /^(bug|enhancement|question|documentation|C-(bug|feature-request|question)|type: (bug|feature|question))$/,
      );
    }
    const ignored = issues.filter(({ outcome }) => outcome === 'ignored');
    expect(ignored.map(({ author }) => author)).toContain('release-helper[bot]');
  });

  it('prints a line for each issue and a summary', { timeout: 2 * MINUTES }, async () => {
    const { code, stdout, stderr } = await demo('--exit', '--limit', '4');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).not.toContain('\u001b');
    expect(stdout.split('\n').filter((line) => /#\d+ .* \d+ ms$/.test(line))).toHaveLength(4);
    expect(stdout).toContain('4 of 4 issues handled');
  });

  it('tells bad input in one line, with exit code 2', { timeout: 2 * MINUTES }, async () => {
    const file = join(folder, 'bad.jsonl');
    await writeFile(file, '{"title":"fine"}\n{"title":\n');
    expect(await demo('--issues', file)).toEqual({
      code: 2,
      stdout: '',
      stderr: `${file}:2: this line is not JSON\n`,
    });
    expect(await demo('--issues', join(folder, 'absent'))).toMatchObject({ code: 2, stdout: '' });
    expect(await demo('--limit', 'many')).toMatchObject({ code: 2, stdout: '' });
  });
});

const noData = !existsSync(REAL_ISSUES);
const why = 'skipped: no issues/nlbse24-train.jsonl in SENTINEL_DATA or ../shared/data';

describe(`npm run demo -- --issues${noData ? ` (${why})` : ''}`, () => {
  it.skipIf(noData)('handles real issues of five projects', { timeout: 4 * MINUTES }, async () => {
    const file = join(folder, 'real.jsonl');
    const chosen = firstOfEach((await readFile(REAL_ISSUES, 'utf8')).trim().split('\n'), 4);
    expect(chosen).toHaveLength(60);
    await writeFile(file, chosen.join('\n'));
    const { summary, issues } = expectAllHandled(await demo('--issues', file, '--json'), 60);
    expect(new Set(issues.map(({ repository }) => repository)).size).toBe(5);
    expect(summary.agreement?.judged).toBe(60);
    expect(summary.labelled).toBeGreaterThan(0);
  });
});

/** The first lines of each repository and label. */
function firstOfEach(lines: readonly string[], count: number): string[] {
  const taken = new Map<string, number>();
  return lines.filter((line) => {
    const { repo, label } = JSON.parse(line) as { repo: string; label: string };
    const soFar = taken.get(`${repo} ${label}`) ?? 0;
    taken.set(`${repo} ${label}`, soFar + 1);
    return soFar < count;
  });
}

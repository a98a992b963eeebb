import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { REPOSITORY } from '../../scripts/run-check.js';

const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-totals-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the program on a report; null: on none. */
function run(report: object | null): { line: string; status: number | null } {
  const file = path.join(folder, 'report.json');
  if (report === null) rmSync(file, { force: true });
  else writeFileSync(file, JSON.stringify(report));
  const { stdout, status } = spawnSync(
    process.execPath,
    [path.join(REPOSITORY, '.ci', 'test-totals.mjs'), file],
    { encoding: 'utf8' },
  );
  return { line: stdout, status };
}

const report = (passed: number, failed: number, skipped: number, broken = 0) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: skipped,
  numTodoTests: 0,
  testResults: [
    { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
    ...Array.from({ length: broken }, () => ({ status: 'failed', assertionResults: [] })),
  ],
});

test.each([
  ['all passed', report(3, 0, 0), '3 passed, 0 failed\n', 0],
  ['some skipped', report(3, 0, 2), '3 passed, 0 failed, 2 skipped\n', 0],
  ['some failed', report(3, 1, 0), '3 passed, 1 failed\n', 1],
  ['a file that could not be run', report(3, 0, 0, 1), '3 passed, 1 failed\n', 1],
  ['no tests', report(0, 0, 0), '0 passed, 0 failed\n', 1],
  ['no report', null, '0 passed, 0 failed\n', 1],
])('%s', (_name, given, line, status) => {
  expect(run(given)).toEqual({ line, status });
});

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const BUILT = fileURLToPath(new URL('../../dist/cli/sentinel.js', import.meta.url));
const AREAS = ['parser', 'printer', 'installer'];

/** Words that no other issue has, so that none repeats another. */
function ownWords(index: number): string {
  const letters = (number: number) =>
    String(number).replace(/\d/g, (digit) => 'klmnopqrst'[Number(digit)] ?? '');
  return Array.from({ length: 8 }, (_, i) => `word${letters(index * 31 + i)}`).join(' ');
}

// The encoder's worker thread runs built code only; `npm test` builds first.
describe.skipIf(!existsSync(BUILT))('sentinel backtest, built, with the real model', () => {
  it('writes a report that quotes no markup', { timeout: 120_000 }, async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'backtest-'));
    const issues = Array.from({ length: 90 }, (_, index) => ({
      title: `The ${AREAS[index % 3]} <script>alert(1)</script>`,
      body: ownWords(index),
      labels: [`area: ${AREAS[(index + (index % 10 === 0 ? 1 : 0)) % 3]}`],
      created_at: new Date(Date.UTC(2026, 0, 1, index)).toISOString(),
    }));
    const history = path.join(folder, 'history.jsonl');
    await writeFile(history, issues.map((issue) => `${JSON.stringify(issue)}\n`).join(''));
    const report = path.join(folder, 'report.html');
    const words = [BUILT, 'backtest', '--jsonl', history, '--html', report, '--json'];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, words);
    expect(stderr).toBe('');
    const page = await readFile(report, 'utf8');
    expect(page).toContain('Backtest of <bdi>history.jsonl</bdi>');
    expect(page).not.toContain('<script');
    for (const { name } of JSON.parse(stdout).labels) expect(page).toContain(`<bdi>${name}</bdi>`);
  });
});

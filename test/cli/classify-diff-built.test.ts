import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CHANGE_ENCODER } from '../../src/models/model-kind.js';

const BUILT = fileURLToPath(new URL('../../dist/cli/sentinel.js', import.meta.url));
const bash = (script: string, cwd?: string) =>
  promisify(execFile)('bash', ['-c', script, 'bash', process.execPath, BUILT], { cwd });

const DIFF = [
  'diff --git a/docs/doors.md b/docs/doors.md',
  '--- a/docs/doors.md',
  '+++ b/docs/doors.md',
  '@@ -1,2 +1,3 @@',
  ' # Doors',
  '-They open.',
  '+They open by key, as the guide explains.',
  '+See the [guide](guide.md) for more.',
  '',
].join('\n');
const ready = existsSync(BUILT) && existsSync(path.join(CHANGE_ENCODER.directory, 'manifest.json'));

// The encoder's worker thread runs built code only; `npm test` builds first.
describe.skipIf(!ready)('classify-diff and commit-type, built', { timeout: 120_000 }, () => {
  it('reads one diff, with its title and the parts that counted', async () => {
    const { stdout } = await bash(
      `printf '%s' '${DIFF}' | "$1" "$2" classify-diff --json --why --title 'Explain how doors open'`,
    );
    const result = JSON.parse(stdout);
    const scores: number[] = Object.values(result.scores);
    expect(result.scores.docs).toBe(Math.max(...scores));
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 4);
    expect(result).toMatchObject({ size: { size: 'XS', lines: 3 }, breaking: false });
    expect(result.model).toMatch(/^change-encoder /);
  });

  it.each([
    ['a file', 'classify-diff --json x.diff'],
    ['standard input', 'classify-diff --json < x.diff'],
  ])(
    'reads what Windows PowerShell writes, UTF-16 with a byte-order mark: %s',
    async (_, words) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'sentinel-utf-16-'));
      try {
        const written = `\ufeff${DIFF.replaceAll('\n', '\r\n')}`;
        await writeFile(path.join(folder, 'x.diff'), written, 'utf16le');
        const { stdout } = await bash(`"$1" "$2" ${words}`, folder);
        expect(JSON.parse(stdout)).toMatchObject({ size: { size: 'XS', lines: 3 }, cut: [] });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );

  it('takes a title at its word, and names files of which lines are missing', async () => {
    const cut = DIFF.slice(0, DIFF.indexOf('+See'));
    const { stdout, stderr } = await bash(
      `printf '%s' '${cut}' | "$1" "$2" classify-diff --json --title 'fix: tell how doors open'`,
    );
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'fix',
      typeFrom: 'title',
      cut: ['docs/doors.md'],
    });
    expect(stderr).toContain('Lines are missing of docs/doors.md');
  });

  it('refuses a diff of words: its lines cannot be counted', async () => {
    const words = DIFF.replace(/^[-+](?![-+]).*\n/gm, '[-They open.-]{+They open by key.+}\n');
    const { stdout } = await bash(
      `printf '%s' '${words}' | "$1" "$2" classify-diff --json 2>&1 || echo "code $?"`,
    );
    expect(stdout).toBe(
      'error: The diff was written with --word-diff: whole lines are wanted, without it\ncode 1\n',
    );
  });

  it('counts a file of a series of commits once, and says that its lines count each time', async () => {
    const { stdout, stderr } = await bash(
      `printf '%s' '${DIFF}commit 2\n${DIFF}' | "$1" "$2" classify-diff --json`,
    );
    expect(JSON.parse(stdout)).toMatchObject({ size: { lines: 6, files: 1 } });
    expect(stderr).toContain('Several changes of docs/doors.md');
  });

  it('answers a batch in order and ends with 1 after a bad line', async () => {
    const good = JSON.stringify({ diff: DIFF }).replaceAll('\\', '\\\\');
    const { stdout } = await bash(
      `printf '${good.replaceAll('%', '%%')}\\nnope\\n' | "$1" "$2" classify-diff --jsonl; echo "code $?"`,
    );
    const [first = '', second, code] = stdout.trim().split('\n');
    expect(Object.keys(JSON.parse(first))).toEqual(['type', 'scores', 'ms']);
    expect(second).toBe('{"error":"line 2: is not JSON"}');
    expect(code).toBe('code 1');
  });

  it('suggests a type as a commit-msg hook and lets the commit be', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'sentinel-hook-'));
    try {
      await writeFile(
        path.join(folder, 'hook'),
        `#!/bin/sh\n"${process.execPath}" "${BUILT}" commit-type "$1" || true\n`,
        { mode: 0o755 },
      );
      await writeFile(path.join(folder, 'README.md'), '# Doors\n\nHow to open them.\n');
      const { stdout, stderr } = await bash(
        `git init -q . && mv hook .git/hooks/commit-msg && git add README.md &&
         git -c user.name=A -c user.email=a@b.c commit -qm 'docs: tell how doors open' && git log --format=%s`,
        folder,
      );
      // Git shows what a hook prints as errors.
      expect(stderr).toMatch(/^The title says docs[;,]/m);
      expect(stdout.trim().split('\n').at(-1)).toBe('docs: tell how doors open');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

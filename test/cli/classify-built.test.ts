import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const BUILT = fileURLToPath(new URL('../../dist/cli/sentinel.js', import.meta.url));
const bash = (script: string) =>
  promisify(execFile)('bash', ['-c', script, 'bash', process.execPath, BUILT]);

// The encoder's worker thread runs built code only; `npm test` builds first.
describe.skipIf(!existsSync(BUILT))('classify, built, with the real model', () => {
  it('reads one issue as Markdown', async () => {
    const { stdout } = await bash(
      `printf '# Please add a dark mode\\n\\nIt would be nice to have.' | "$1" "$2" classify --json`,
    );
    const result = JSON.parse(stdout);
    expect(result.scores.feature).toBeGreaterThan(0.5);
    expect(result.reasons).not.toHaveLength(0);
  });

  it('answers a batch in order and ends with 1 after a bad line', async () => {
    const { stdout } = await bash(
      `printf '{"title":"a","body":"b"}\\nnope\\n{"title":"c"}\\n' | "$1" "$2" classify --jsonl; echo "code $?"`,
    );
    const [first, second, third, code] = stdout.trim().split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({ ms: expect.any(Number) });
    expect(second).toBe('{"error":"line 2: is not JSON"}');
    expect(JSON.parse(third ?? '')).toMatchObject({ scores: expect.anything() });
    expect(code).toBe('code 1');
  });

  it('ends quietly when the reader has seen enough', async () => {
    const { stdout, stderr } = await bash(
      `yes '{"title":"a"}' | "$1" "$2" classify --jsonl | head -1 >/dev/null; echo "\${PIPESTATUS[1]}"`,
    );
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
  });
});

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { REPOSITORY } from '../../scripts/run-check.js';

const NOWHERE = path.join(REPOSITORY, 'nowhere');

test.each([
  ['encoder', [], 'issues/nlbse24-train.jsonl'],
  ['heads', [], 'issues/nlbse24-train.jsonl'],
  ['learning', [], 'issues/nlbse24-train.jsonl'],
  ['learning', ['--issues', REPOSITORY], ''],
  ['documentation', ['--jsonl', path.join(NOWHERE, 'titles.jsonl')], 'titles.jsonl'],
])('bench:%s %j says which file it needs', (bench, words, file) => {
  const script = path.join(REPOSITORY, 'bench', bench, 'run.ts');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', script, ...words],
    { encoding: 'utf8', cwd: REPOSITORY, env: { PATH: process.env.PATH, SENTINEL_DATA: NOWHERE } },
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^error: \S+ cannot be read \((?:ENOENT|EISDIR)\)\. .*\n$/);
  expect(stderr).toContain(file);
  expect(stderr).toContain('training/README.md');
});

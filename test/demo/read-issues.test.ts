import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BadInput, readIssues } from '../../demo/read-issues.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sentinel-issues-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileWith(...lines: readonly string[]): Promise<string> {
  const file = join(folder, 'issues.jsonl');
  await writeFile(file, lines.join('\n'));
  return file;
}

async function problemOf(file: string): Promise<string> {
  const error: unknown = await readIssues(file).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BadInput);
  return error instanceof Error ? error.message : '';
}

describe('readIssues', () => {
  it('reads what a line says and nothing more', async () => {
    const file = await fileWith(
      '{"title":" A title ","body":null}',
      '',
      '{"title":"b","body":"text","repo":"octo/widgets","author":"ada","label":"bug","more":1}\r',
      '{"title":"c","expected":null,"label":"bug"}',
    );
    expect(await readIssues(file)).toEqual([
      { title: 'A title', body: '' },
      { title: 'b', body: 'text', repo: 'octo/widgets', author: 'ada', expected: 'bug' },
      { title: 'c', body: '', expected: null },
    ]);
  });

  it('reads a file that begins with a byte order mark', async () => {
    expect(await readIssues(await fileWith('\ufeff{"title":"a"}'))).toHaveLength(1);
    expect(await problemOf(await fileWith('\ufeff'))).toContain('there is no issue in it');
  });

  it('stops at the limit, before lines that it need not read', async () => {
    const file = await fileWith('{"title":"a"}', '{"title":"b"}', 'nonsense');
    expect(await readIssues(file, { limit: 2 })).toHaveLength(2);
  });

  it.each([
    ['not JSON', 'nonsense', 'this line is not JSON'],
    ['no title', '{"body":"x"}', 'title: '],
    ['an empty title', '{"title":"  "}', 'title: '],
    ['a body that is no text', '{"title":"x","body":5}', 'body: '],
    ['a body that GitHub would refuse', `{"title":"x","body":"${'y'.repeat(262_145)}"}`, 'body: '],
    ['an unknown label', '{"title":"x","label":"docs"}', 'label: '],
    ['a repository without owner', '{"title":"x","repo":"widgets"}', 'repo: expected owner/name'],
    ['a path in the repository', '{"title":"x","repo":"a/b/c"}', 'repo: expected owner/name'],
    ['a list', '["title"]', ''],
  ])('names the file and the line of %s', async (_what, line, message) => {
    const file = await fileWith('{"title":"fine"}', line);
    expect(await problemOf(file)).toContain(`${file}:2: ${message}`);
  });

  it('says so when there is nothing to read', async () => {
    expect(await problemOf(join(folder, 'absent.jsonl'))).toContain('there is no such file');
    expect(await problemOf(folder)).toContain('this is a folder');
    expect(await problemOf(await fileWith('', ' '))).toContain('there is no issue in it');
  });
});

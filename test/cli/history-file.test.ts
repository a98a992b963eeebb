import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { CommandError, type Io } from '../../src/cli/command.js';
import { readHistoryFile } from '../../src/cli/history-file.js';

const folder = await mkdtemp(path.join(tmpdir(), 'history-'));
const stream = () => new PassThrough();
const io: Io = {
  stdin: stream(),
  stdout: stream(),
  stderr: stream(),
  env: {},
  inherited: {},
  colour: false,
};
const GOOD = { title: 'a', body: null, labels: ['x'], created_at: '2026-01-31 12:00:00' };

async function read(row: unknown) {
  const file = path.join(folder, 'history.jsonl');
  await writeFile(file, `${JSON.stringify(GOOD)}\n${JSON.stringify(row)}\n`);
  return readHistoryFile(file, io);
}

describe('readHistoryFile', () => {
  it('reads labels or a label, and dates with and without a zone', async () => {
    const row = { title: 'b', label: ' y ', created_at: '2026-01-31T12:00:00+02:00', more: 1 };
    expect(await read(row)).toMatchObject([
      { title: 'a', body: null, labels: ['x'], createdAt: '2026-01-31T12:00:00.000Z' },
      { title: 'b', body: null, labels: ['y'], createdAt: '2026-01-31T10:00:00.000Z' },
    ]);
  });

  it('reads UTF-16 with a byte-order mark, as Windows PowerShell writes', async () => {
    const file = path.join(folder, 'utf-16.jsonl');
    const row = { ...GOOD, title: 'Größe 🐛' };
    await writeFile(file, `\ufeff${JSON.stringify(row)}\r\n`, 'utf16le');
    expect(await readHistoryFile(file, io)).toMatchObject([{ title: 'Größe 🐛' }]);
  });

  it.each([
    [{ ...GOOD, created_at: undefined }, '"created_at" is missing'],
    [{ ...GOOD, created_at: 5 }, '"created_at" must be a date and time'],
    [{ ...GOOD, created_at: 'soon' }, '"created_at" must be a date and time'],
    [{ ...GOOD, created_at: '5' }, '"created_at" must be a date and time'],
    [{ ...GOOD, created_at: '01/02/2026' }, '"created_at" must be a date and time'],
    [{ ...GOOD, title: undefined }, '"title" is missing'],
    [{ ...GOOD, title: null }, '"title" must be a string'],
    [{ ...GOOD, body: 5 }, '"body" must be a string or null'],
    [{ ...GOOD, labels: undefined }, '"labels" is missing'],
    [{ ...GOOD, labels: 'x' }, '"labels" must be a list of names'],
    [{ ...GOOD, labels: ['x', ' '] }, '"labels.1" must not be empty'],
    [{ ...GOOD, labels: ['x'.repeat(201)] }, '"labels.0" must be at most 200 characters long'],
    [{ ...GOOD, author_association: [] }, '"author_association" must be a string'],
    [['title'], 'the line must be an object'],
  ])('says of %j what is wrong and what a line is', async (row, problem) => {
    await expect(read(row)).rejects.toThrow(CommandError);
    const form = '{"title","body","labels","created_at"}';
    await expect(read(row)).rejects.toThrow(`, line 2: ${problem}; a line is ${form}`);
  });

  it('calls standard input by its name', async () => {
    const stdin = new PassThrough();
    stdin.end('no JSON');
    await expect(readHistoryFile('-', { ...io, stdin })).rejects.toThrow(
      'standard input, line 1 is not JSON',
    );
  });

  it('names a folder', async () => {
    await expect(readHistoryFile(folder, io)).rejects.toThrow(`${folder} is a folder; name a file`);
  });
});

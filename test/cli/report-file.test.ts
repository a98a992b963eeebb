import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkReportFile, writeReportFile } from '../../src/cli/report-file.js';

describe('writeReportFile', () => {
  it('replaces the file and leaves nothing beside it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'report-'));
    const file = path.join(folder, 'report.html');
    await writeReportFile(file, 'old');
    await writeReportFile(file, 'new');
    expect(await readFile(file, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['report.html']);
  });

  it('writes through no link and over no file of a name beside it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'report-'));
    const [file, other] = [path.join(folder, 'report.html'), path.join(folder, 'other')];
    await writeFile(other, 'theirs');
    await symlink(other, `${file}.new`);
    await checkReportFile(file);
    await writeReportFile(file, 'ours');
    expect(await readFile(other, 'utf8')).toBe('theirs');
    expect((await readdir(folder)).toSorted()).toEqual(['other', 'report.html', 'report.html.new']);
  });

  it('leaves nothing beside a path that is a folder', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'report-'));
    const file = path.join(folder, 'report.html');
    await mkdir(file);
    await expect(writeReportFile(file, 'text')).rejects.toThrow('cannot be written');
    expect(await readdir(folder)).toEqual(['report.html']);
  });

  it('names the path that cannot be written', async () => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'report-')), 'none', 'report.html');
    await expect(writeReportFile(file, 'text')).rejects.toThrow(
      `${file} cannot be written (ENOENT)`,
    );
  });
});

describe('checkReportFile', () => {
  it('leaves nothing behind, and a report that is there as it is', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'report-'));
    const file = path.join(folder, 'report.html');
    await checkReportFile(file);
    expect(await readdir(folder)).toEqual([]);
    await writeFile(file, 'old');
    await checkReportFile(file);
    expect(await readdir(folder)).toEqual(['report.html']);
    expect(await readFile(file, 'utf8')).toBe('old');
  });

  it('names what cannot be written, before any work', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'report-'));
    const file = path.join(folder, 'none', 'report.html');
    await expect(checkReportFile(file)).rejects.toThrow(
      `${file} cannot be written (ENOENT); give --html another path`,
    );
    await expect(checkReportFile(folder)).rejects.toThrow(
      `${folder} is a folder; give --html a file`,
    );
  });
});

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { classifyWithHead, headFor } from '../../src/cli/classify-with-head.js';
import { CommandError } from '../../src/cli/command.js';
import { checkHeadFolder, readHeadFile, writeHeadFile } from '../../src/cli/head-file.js';
import type { Classifier } from '../../src/models/encoder.js';
import { aHead } from '../support/a-head.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'sentinel-head-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const encoderOf = (version: string) =>
  ({ manifest: { name: 'issue-encoder', version } }) as Classifier;

describe('head files', () => {
  it('reads what it has written', async () => {
    const head = await aHead();
    expect(await writeHeadFile(path.join(directory, 'new'), head)).toContain('head.json');
    expect(await readHeadFile(path.join(directory, 'new'))).toEqual(head);
  });

  it.each([
    ['no JSON', 'head?', /head\.json is not JSON; learn again/],
    ['cut off', '{"schema":1,', /is not JSON/],
    ['something else', '[null]', /is no head: /],
    ['of another kind', '{"schema":1,"labels":{"__proto__":1}}', /is no head: /],
  ])('says which file is no head: %s', async (_, text, message) => {
    writeFileSync(path.join(directory, 'head.json'), text);
    await expect(readHeadFile(directory)).rejects.toThrow(CommandError);
    await expect(readHeadFile(directory)).rejects.toThrow(message);
  });

  it('says before and after learning that a folder cannot be written', async () => {
    const file = path.join(directory, 'file');
    writeFileSync(file, '');
    for (const out of [file, path.join(file, 'below')]) {
      const message = `${out} is not a folder; give --out another folder`;
      await expect(checkHeadFolder(out)).rejects.toThrow(message);
      await expect(writeHeadFile(out, await aHead())).rejects.toThrow(message);
    }
    await checkHeadFolder(path.join(directory, 'new'));
    expect(readdirSync(path.join(directory, 'new'))).toEqual([]);
  });

  it('says how to get a head where there is none', async () => {
    await expect(readHeadFile(directory)).rejects.toThrow(/cannot be read \(ENOENT\); write one/);
  });

  it('refuses one of another encoder, and a damaged one', async () => {
    const head = await aHead();
    await writeHeadFile(directory, head);
    await expect(headFor(encoderOf('other'), directory)).rejects.toThrow(/was learned with/);
    await writeHeadFile(directory, { ...head, labels: [] });
    await expect(headFor(encoderOf('test'), directory)).rejects.toThrow(CommandError);
    await expect(headFor(encoderOf('test'), directory)).rejects.toThrow(/damaged.*learn again/);
  });

  it('refuses one learned from encodings of another width', async () => {
    await writeHeadFile(directory, await aHead());
    const encoder: Classifier = {
      ...encoderOf('test'),
      classify: async () => ({
        ...{ logits: [0, 0, 0], embedding: new Float32Array(384), tokens: 1, ms: 1 },
      }),
    };
    const classified = classifyWithHead(encoder, await headFor(encoder, directory), {
      title: 'The printer prints blank pages',
      body: null,
    });
    await expect(classified).rejects.toThrow(CommandError);
    await expect(classified).rejects.toThrow(/encodings of 2 numbers, not of 384; learn again$/);
  });
});

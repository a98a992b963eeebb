import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readVariables } from '../../src/config/read-variables.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'variables-'));
  file = path.join(folder, '.env');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('takes from the file what is not set, or empty, and leaves the environment as it was', () => {
  writeFileSync(file, 'APP_ID=1\nHOST=of-the-file\nPORT=1\n');
  const environment = { APP_ID: '', HOST: 'of-the-environment' };
  expect(readVariables(file, environment)).toEqual({
    APP_ID: '1',
    HOST: 'of-the-environment',
    PORT: '1',
  });
  expect(environment).toEqual({ APP_ID: '', HOST: 'of-the-environment' });
});

it('needs no file', () => {
  expect(readVariables(file, { PORT: '1' })).toEqual({ PORT: '1' });
});

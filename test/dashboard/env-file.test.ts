import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { updateEnvFile, withVariables } from '../../src/dashboard/env-file.js';

const { privateKey: PEM } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

describe('withVariables', () => {
  it('writes a private key that Node reads back', () => {
    const text = withVariables('', { PRIVATE_KEY: PEM, APP_ID: '12' });
    expect(parseEnv(text)).toEqual({ PRIVATE_KEY: PEM.trim(), APP_ID: '12' });
  });

  it('keeps the other lines and replaces old values, those that span lines included', () => {
    const before = `# mine\nPORT=3000\nPRIVATE_KEY="-----BEGIN\nAPP_ID=no\n-----END"\nexport APP_ID = 1\nLAST='x'\nAPP_ID=2\n`;
    const after = withVariables(before, { APP_ID: '7', PRIVATE_KEY: PEM, WEBHOOK_SECRET: 'a b#c' });
    expect(after.split('\n').slice(0, 2)).toEqual(['# mine', 'PORT=3000']);
    expect(parseEnv(after)).toEqual({
      PORT: '3000',
      PRIVATE_KEY: PEM.trim(),
      APP_ID: '7',
      LAST: 'x',
      WEBHOOK_SECRET: 'a b#c',
    });
    expect(withVariables(after, { APP_ID: '7' })).toBe(after);
  });

  it('reads back whatever it writes, or refuses', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (value) => {
        let text: string;
        try {
          text = withVariables('KEEP=1\n', { VALUE: value });
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        expect(parseEnv(text)).toEqual({ KEEP: '1', VALUE: value.replaceAll('\r\n', '\n').trim() });
      }),
    );
  });
});

describe('updateEnvFile', () => {
  it('replaces the file in one step, for its owner only, and leaves nothing beside it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'sentinel-env-'));
    const file = path.join(folder, '.env');
    await writeFile(file, 'PORT=1\n', { mode: 0o644 });
    await updateEnvFile(file, { APP_ID: '5' });
    expect(await readFile(file, 'utf8')).toBe('PORT=1\nAPP_ID=5\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['.env']);
  });

  it('follows a link to the real file', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'sentinel-env-'));
    await writeFile(path.join(folder, 'real'), '');
    await symlink('real', path.join(folder, '.env'));
    await updateEnvFile(path.join(folder, '.env'), { APP_ID: '5' });
    expect(await readFile(path.join(folder, 'real'), 'utf8')).toBe('APP_ID=5\n');
  });
});

import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogger, redactText } from '../../src/telemetry/logger.js';

const PEM = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs1', format: 'pem' })
  .toString();
const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxMjM0NSIsImlhdCI6MX0.c2lnbmF0dXJlLW9mLWEtand0';
const TOKEN = `ghs_${'a1B2'.repeat(9)}`;

/** Lines a logger writes. */
function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  write(
    createLogger('debug', {
      write(line: string) {
        text += line;
      },
    }),
  );
  return text;
}

const SECRETS: readonly (readonly [string, string, string])[] = [
  ['an installation token', `token ${TOKEN} used`, TOKEN],
  ['a personal token', `ghp_${'x'.repeat(36)}`, 'xxxxxxxx'],
  ['a fine-grained token', `github_pat_${'Ab1_'.repeat(20)}`, 'Ab1_Ab1_'],
  ['a JWT', `Bearer ${JWT}`, 'eyJpc3Mi'],
  ['a private key', `key: ${PEM}`, PEM.split('\n')[3] ?? ''],
  ['a private key on one line', PEM.replaceAll('\n', '\\n'), PEM.split('\n')[3] ?? ''],
  ['a private key cut short', PEM.slice(0, 400), PEM.split('\n')[3] ?? ''],
  ['a password in an address', 'postgres://sentinel:hunter2@db:5432/x', 'hunter2'],
  ['a token in an address', `https://x-access-token:${TOKEN}@github.com/o/r`, TOKEN],
];

describe('secrets', () => {
  it.each(SECRETS)('are taken out of a text: %s', (_, text, secret) => {
    const redacted = redactText(text);
    expect(redacted).not.toContain(secret);
    expect(redacted).toContain('[redacted]');
  });

  it.each(SECRETS)('never reach a line, in messages, errors or values: %s', (_, text, secret) => {
    const lines = logged((logger) => {
      logger.info(text);
      logger.error({ err: new Error(text, { cause: new Error(text) }) }, 'failed');
      logger.warn({ nested: { deep: [text] } });
    });
    expect(lines).not.toContain(secret);
  });

  it('never reach a line under a key that says what they are', () => {
    const names = ['privateKey', 'webhookSecret', 'password', 'token', 'authorization', 'pem'];
    for (const name of names) {
      const lines = logged((logger) => {
        logger.info({ [name]: 'hunter2' });
        logger.info({ request: { [name]: 'hunter2' } });
        logger.info({ request: { headers: { [name]: 'hunter2' } } });
      });
      expect(lines).not.toContain('hunter2');
    }
  });
});

describe('other text', () => {
  it.each([
    'https://github.com/octo/widgets/issues/7',
    'postgres://db:5432/sentinel',
    'octocat@example.com wrote: it crashes',
    'ghs is short, and so is eyJ',
    'https://example.com:8080/@octocat',
    'src/index.ts:12:7',
  ])('stays as it is: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('of any kind is redacted without an exception, and the same when done twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = redactText(text);
        expect(redactText(once)).toBe(once);
      }),
    );
  });

  it.each(['eyJ', 'ghp_', '://a:', '-----BEGIN PRIVATE KEY-----', 'eyJaaaaaaaa.', 'github_pat_'])(
    'made of %s over and over is done with at once',
    (piece) => {
      expect(typeof redactText(piece.repeat((64 * 1024) / piece.length))).toBe('string');
    },
  );
});

it('lines are JSON with a level and a time', () => {
  const line = logged((logger) => logger.info({ issue: 'octo/widgets#1' }, 'decided'));
  expect(JSON.parse(line)).toMatchObject({ level: 30, msg: 'decided', issue: 'octo/widgets#1' });
});

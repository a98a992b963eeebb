import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  EnvironmentError,
  readEnvironment,
  readStoreEnvironment,
} from '../../src/config/environment.js';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const SECRET = 'b7c1f0e29d384a5566778899aabbccdd';
const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-environment-'));
const keyFile = path.join(folder, 'key.pem');
writeFileSync(keyFile, PEM);
afterAll(() => rmSync(folder, { recursive: true }));

const GOOD = { APP_ID: '12345', PRIVATE_KEY: PEM, WEBHOOK_SECRET: SECRET };

function problems(variables: Record<string, string>): readonly string[] {
  try {
    readEnvironment(variables);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError);
    return error instanceof EnvironmentError ? error.problems : [];
  }
}

describe('a good environment', () => {
  it('without anything has defaults and no credentials', () => {
    expect(readEnvironment({})).toEqual({
      credentials: null,
      databaseUrl: 'sqlite:data/sentinel.sqlite',
      host: '127.0.0.1',
      port: 3000,
      logLevel: 'info',
      githubApiUrl: 'https://api.github.com',
      githubWebUrl: 'https://github.com',
      dashboardPassword: null,
      dashboardOpen: false,
      concurrency: 4,
      encoderThreads: 1,
    });
  });

  it('takes empty variables as absent, as Compose files leave them', () => {
    const empty = {
      ...{ APP_ID: '', PRIVATE_KEY: '', PRIVATE_KEY_PATH: '', WEBHOOK_SECRET: '', PORT: '' },
      ...{ HOST: '', DATABASE_URL: '', LOG_LEVEL: '', DASHBOARD: '', DASHBOARD_PASSWORD: '' },
    };
    expect(readEnvironment(empty)).toEqual(readEnvironment({}));
  });

  it.each<[string, Record<string, string>]>([
    ['as it is', { PRIVATE_KEY: PEM }],
    ['with \\n for line ends', { PRIVATE_KEY: PEM.replaceAll('\n', '\\n') }],
    ['as base64', { PRIVATE_KEY: Buffer.from(PEM).toString('base64') }],
    ['in a file', { PRIVATE_KEY: '', PRIVATE_KEY_PATH: keyFile }],
    ['as PKCS#8', { PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }],
  ])('takes the private key %s', (_, key) => {
    const { credentials } = readEnvironment({ ...GOOD, ...key });
    expect(credentials).toMatchObject({ appId: 12345, webhookSecret: SECRET });
    expect(credentials?.privateKey).toContain('-----BEGIN');
  });

  it('finds the web address of GitHub Enterprise Server from its API’s', () => {
    const environment = readEnvironment({ GITHUB_API_URL: 'https://git.example.com/api/v3/' });
    expect(environment.githubApiUrl).toBe('https://git.example.com/api/v3');
    expect(environment.githubWebUrl).toBe('https://git.example.com');
  });

  it('finds that of an enterprise under ghe.com', () => {
    const environment = readEnvironment({ GITHUB_API_URL: 'https://api.octocorp.ghe.com' });
    expect(environment.githubWebUrl).toBe('https://octocorp.ghe.com');
  });

  it('takes what it is told, up to its bounds', () => {
    const told = {
      ...{ DASHBOARD: 'open', DASHBOARD_PASSWORD: 'twelve-chars' },
      ...{ GITHUB_API_URL: 'https://api.example.com/', GITHUB_WEB_URL: 'https://example.com/' },
      ...{ CONCURRENCY: '64', ENCODER_THREADS: '64', PORT: '65535', HOST: '::1' },
    };
    expect(readEnvironment(told)).toMatchObject({
      ...{ dashboardOpen: true, dashboardPassword: 'twelve-chars' },
      ...{ githubApiUrl: 'https://api.example.com', githubWebUrl: 'https://example.com' },
      ...{ concurrency: 64, encoderThreads: 64, port: 65535, host: '::1' },
    });
    const least = { CONCURRENCY: '1', ENCODER_THREADS: '1', PORT: '0', DASHBOARD: 'password' };
    expect(readEnvironment(least)).toMatchObject({
      ...{ concurrency: 1, encoderThreads: 1, port: 0, dashboardOpen: false },
    });
    const WEBHOOK_SECRET = 'sixteen-letters-';
    expect(readEnvironment({ ...GOOD, WEBHOOK_SECRET }).credentials).toMatchObject({
      webhookSecret: WEBHOOK_SECRET,
    });
  });

  it.each(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])(
    'takes %s as log level',
    (LOG_LEVEL) => {
      expect(readEnvironment({ LOG_LEVEL }).logLevel).toBe(LOG_LEVEL);
    },
  );

  it.each(['sqlite:x.sqlite', 'file:x', 'data/x.sqlite', 'postgres://a@b/c', 'postgresql://a/b'])(
    'takes %s as a database',
    (DATABASE_URL) => {
      expect(readEnvironment({ DATABASE_URL }).databaseUrl).toBe(DATABASE_URL);
      expect(readStoreEnvironment({ DATABASE_URL })).toEqual({ databaseUrl: DATABASE_URL });
    },
  );
});

describe('a bad environment', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['no App id', { ...GOOD, APP_ID: '' }, /^APP_ID is missing/],
    ['a name as App id', { ...GOOD, APP_ID: 'sentinel' }, /^APP_ID must be/],
    ['nought as App id', { ...GOOD, APP_ID: '0' }, /^APP_ID must be/],
    ['a negative App id', { ...GOOD, APP_ID: '-4' }, /^APP_ID must be/],
    ['no key', { ...GOOD, PRIVATE_KEY: '' }, /^PRIVATE_KEY or PRIVATE_KEY_PATH is missing/],
    ['text for a key', { ...GOOD, PRIVATE_KEY: 'hunter2hunter2' }, /^PRIVATE_KEY does not hold/],
    [
      'a cut key',
      { ...GOOD, PRIVATE_KEY: PEM.slice(0, PEM.length / 2) },
      /^PRIVATE_KEY does not hold/,
    ],
    [
      'a key file that is not there',
      { ...GOOD, PRIVATE_KEY: '', PRIVATE_KEY_PATH: `${keyFile}.old` },
      /^PRIVATE_KEY_PATH names a file that does not exist/,
    ],
    [
      'a folder as key file',
      { ...GOOD, PRIVATE_KEY: '', PRIVATE_KEY_PATH: folder },
      /^PRIVATE_KEY_PATH does not hold/,
    ],
    ['no webhook secret', { ...GOOD, WEBHOOK_SECRET: '' }, /^WEBHOOK_SECRET is missing/],
    ['a short secret', { ...GOOD, WEBHOOK_SECRET: 'abc' }, /^WEBHOOK_SECRET is too short/],
    [
      'a secret of 15 characters',
      { ...GOOD, WEBHOOK_SECRET: 'fifteen-letters' },
      /^WEBHOOK_SECRET is too short/,
    ],
    ['a port too high', { PORT: '65536' }, /^PORT must be from 0 to 65535/],
    ['a port below zero', { PORT: '-1' }, /^PORT/],
    ['a word as port', { PORT: 'http' }, /^PORT must be a number/],
    ['half a port', { PORT: '80.5' }, /^PORT must be a whole number/],
    ['a log level of its own', { LOG_LEVEL: 'chatty' }, /^LOG_LEVEL must be fatal/],
    ['no threads', { ENCODER_THREADS: '0' }, /^ENCODER_THREADS/],
    ['too many threads', { ENCODER_THREADS: '65' }, /^ENCODER_THREADS/],
    ['nothing at once', { CONCURRENCY: '0' }, /^CONCURRENCY/],
    ['too much at once', { CONCURRENCY: '65' }, /^CONCURRENCY/],
    ['another protocol', { GITHUB_API_URL: 'ftp://x' }, /^GITHUB_API_URL must be an http/],
    [
      'tokens in the open',
      { GITHUB_API_URL: 'http://api.github.com/' },
      /^GITHUB_API_URL must begin with https/,
    ],
    ['another database', { DATABASE_URL: 'mysql://a@b/c' }, /^DATABASE_URL must start/],
    ['a short password', { DASHBOARD_PASSWORD: 'eleven-char' }, /^DASHBOARD_PASSWORD must have 12/],
    ['an unknown door', { DASHBOARD: 'maybe' }, /^DASHBOARD must be open or password/],
  ])('is refused: %s', (_, variables, message) => {
    const found = problems(variables);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  it.each(['development', 'secret', 'changeme', 'CHANGEME', 'webhook-secret', 'my-secret'])(
    'is refused for the well-known secret %s',
    (WEBHOOK_SECRET) => {
      expect(problems({ ...GOOD, WEBHOOK_SECRET })[0]).toContain('well-known');
    },
  );

  it('tells all its problems together', () => {
    const found = problems({ APP_ID: 'x', PORT: 'y', LOG_LEVEL: 'z', DASHBOARD_PASSWORD: 'q' });
    const names = ['APP_ID', 'DASHBOARD_PASSWORD', 'LOG_LEVEL', 'PORT', 'PRIVATE_KEY'];
    expect(found.map((problem) => problem.split(' ')[0]).sort()).toEqual([
      ...names,
      'WEBHOOK_SECRET',
    ]);
  });

  it('never repeats a value', () => {
    const value = 'hunter2-0123456789';
    const names = ['PORT', 'LOG_LEVEL', 'DASHBOARD', 'DATABASE_URL', 'GITHUB_API_URL', 'APP_ID'];
    const bad = Object.fromEntries(names.map((name) => [name, `${value}:x`]));
    for (const variables of [
      { ...bad, PRIVATE_KEY: value, WEBHOOK_SECRET: 'hunter2' },
      { ...bad, PRIVATE_KEY_PATH: value, DASHBOARD_PASSWORD: 'hunter2' },
    ]) {
      expect(problems(variables).length).toBeGreaterThan(6);
      expect(new EnvironmentError(problems(variables)).message).not.toContain('hunter2');
    }
  });
});

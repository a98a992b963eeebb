import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openQueue } from '../../src/queue/open-queue.js';
import { openStore } from '../../src/store/open-store.js';
import { sentinel } from './run.js';

let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sentinel-cli-'));
  env = { DATABASE_URL: `sqlite:${path.join(folder, 'queue.sqlite')}` };
  const store = await openStore(env.DATABASE_URL ?? '');
  const queue = await openQueue(store);
  for (const id of ['d-1', 'd-2']) {
    await queue.enqueue({ id, event: 'issues.opened', key: 'octo/widgets#1', payload: '{}' });
  }
  await queue.close();
  await store.close();
});

describe('usage', () => {
  it('documents the exit codes and prints the version', async () => {
    const help = await sentinel(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('Exit codes:');
    expect((await sentinel(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [['nonsense']],
    [['queue', 'list', '--limit', 'many']],
    [['queue', 'list', '--limit', '1001']],
    [['queue', 'list', '--state', 'odd']],
    [['queue', 'retry']],
    [['learn', 'foo']],
    [['backtest', 'foo']],
    [['queue', 'retry', 'd-1', '--all-dead']],
    [['queue', 'drop', 'd-1']],
  ])('ends %j with 2', async (words) => {
    const ended = await sentinel(words, { env });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^error: /);
  });

  it.each([
    ['learn', 'octo/widgets'],
    ['backtest', 'octo/widgets'],
  ])('says of %s %s that GitHub does not answer, and what to check', async (...words) => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const app = { APP_ID: '1', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: 'none-of-your-business' };
    // Nothing listens there.
    const more = { ...app, GITHUB_API_URL: 'http://127.0.0.1:9' };
    const ended = await sentinel(words, { env: { ...env, ...more } });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toBe(
      'error: 127.0.0.1:9 does not answer. Check the network, the proxy and GITHUB_API_URL.\n',
    );
  });

  it.skipIf(!existsSync('/dev/full'))('says that its output cannot be written', async () => {
    const script = '"$1" --import tsx src/cli/sentinel.ts --help > /dev/full';
    const ended = spawnSync('/bin/sh', ['-c', script, 'sh', process.execPath], {
      encoding: 'utf8',
    });
    expect(ended.stderr).toBe('error: standard output cannot be written (ENOSPC)\n');
    expect(ended.status).toBe(1);
  });

  it('tells an error in one line, with its stack only if asked', async () => {
    const words = ['config', 'check', 'no/such.yml'];
    const short = await sentinel(words);
    expect(short).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: no/such.yml cannot be read (ENOENT)\n',
    });
    expect((await sentinel(['--verbose', ...words])).stderr).toContain('at ');
  });
});

describe('config check', () => {
  it('says of a folder that it is one', async () => {
    const ended = await sentinel(['config', 'check', folder]);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toBe(`error: ${folder} is a folder; name a file\n`);
  });

  it('prints each error as file:line key: message', async () => {
    const file = path.join(folder, 'bad.yml');
    await writeFile(file, 'mode: loud\nthresholds:\n  bug: 7\n');
    const ended = await sentinel(['config', 'check', file]);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain(`${file}:1 mode: `);
    expect(ended.stdout).toContain(`${file}:3 thresholds.bug: `);
    expect(ended.stdout).toContain('the defaults do, with mode: apply.');
    const json = JSON.parse((await sentinel(['config', 'check', file, '--json'])).stdout);
    expect(json).toMatchObject({ ok: false, config: null });
    expect(json.errors).toHaveLength(2);
  });

  it('prints the effective settings of a good file', async () => {
    const file = path.join(folder, 'good.yml');
    await writeFile(file, 'mode: shadow\n');
    const ended = await sentinel(['config', 'check', file]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('mode: shadow');
    expect(ended.stdout).toContain('create_labels: false');
  });

  describe('of a configuration that uses a labeler.yml', () => {
    const checkout = async (labeler: string | null, setting = 'true') => {
      const root = await mkdtemp(path.join(folder, 'checkout-'));
      const github = path.join(root, '.github');
      await mkdir(github);
      const file = path.join(github, 'sentinel.yml');
      await writeFile(file, `pull_requests:\n  labeler: ${setting}\n`);
      const rules = path.join(github, 'labeler.yml');
      if (labeler !== null) await writeFile(rules, labeler);
      return { file, rules };
    };

    it('prints its errors in the same way', async () => {
      const { file, rules } = await checkout(
        'docs:\n  - head-branch: "(["\n  - changed-files:\n      - any-glob: x\nmax-files-changed: x\n',
      );
      const ended = await sentinel(['config', 'check', file]);
      expect(ended.code).toBe(1);
      expect(ended.stdout.replaceAll(rules, 'labeler.yml')).toMatchInlineSnapshot(`
        "labeler.yml:5 max-files-changed: must be a whole number from 0
        labeler.yml:2 docs.0.head-branch: is not a regular expression
        labeler.yml:4 docs.1.changed-files.0.any-glob: is not a setting; here can stand any-glob-to-any-file, any-glob-to-all-files, all-globs-to-any-file, all-globs-to-all-files
        The rules of a labeler.yml with errors are passed over; all else holds.
        "
      `);
      const json = JSON.parse((await sentinel(['config', 'check', file, '--json'])).stdout);
      expect(json).toMatchObject({ file, labeler: rules, ok: false, config: { mode: 'apply' } });
      expect(json.errors).toHaveLength(3);
    });

    it('says that a good one is good, also elsewhere', async () => {
      const good = 'docs:\n  - changed-files:\n      - any-glob-to-any-file: docs/**\n';
      for (const setting of ['true', '.github/labeler.yml']) {
        const { file, rules } = await checkout(good, setting);
        const ended = await sentinel(['config', 'check', file]);
        expect(ended).toMatchObject({ code: 0, stderr: '' });
        expect(ended.stdout).toContain(`${rules} is good.\n${file} is good.`);
      }
    });

    it('names mistyped keys of a good one, which actions/labeler passes over', async () => {
      const { file, rules } = await checkout(
        'docs:\n  - changed-filez: docs/**\n    head-branch: x\n  - any:\n      - head-brunch: y\n      - base-branch: z\n',
      );
      const ended = await sentinel(['config', 'check', file]);
      expect(ended.code).toBe(0);
      expect(ended.stdout.replaceAll(rules, 'labeler.yml').split('\n').slice(0, 3)).toEqual([
        'labeler.yml:2 docs.0.changed-filez: is not a setting; here can stand any, all, changed-files, base-branch, head-branch; it is passed over',
        'labeler.yml:5 docs.1.any.0.head-brunch: is not a setting; here can stand changed-files, base-branch, head-branch; it is passed over',
        'labeler.yml is good.',
      ]);
      const json = JSON.parse((await sentinel(['config', 'check', file, '--json'])).stdout);
      expect(json).toMatchObject({ ok: true, errors: [] });
      expect(json.warnings).toHaveLength(2);
    });

    it('names labels that no repository can have', async () => {
      const long = 'area '.padEnd(51, 'x');
      const { file, rules } = await checkout(`${long}:\n  - head-branch: x\n`);
      const ended = await sentinel(['config', 'check', file]);
      expect(ended.code).toBe(0);
      expect(ended.stdout).toContain(
        `${rules}:1 ${long}: is longer than the 50 characters that a label has on GitHub; it is passed over`,
      );
    });

    it.each([
      ['true', 'cannot be read (ENOENT)'],
      ['.github', 'cannot be read (EISDIR)'],
      ['../other/labeler.yml', 'is outside the repository'],
    ])('says of labeler: %s that it %s', async (setting, why) => {
      const { file } = await checkout(null, setting);
      const ended = await sentinel(['config', 'check', file]);
      expect(ended).toMatchObject({ code: 1, stderr: '' });
      expect(ended.stdout).toContain(`: ${why}, and pull_requests.labeler says that it is used`);
    });

    it('does not look for one that is not used', async () => {
      const { file } = await checkout('docs: x\n', 'false');
      const ended = await sentinel(['config', 'check', file]);
      expect(ended.code).toBe(0);
      expect(ended.stdout).not.toContain('labeler.yml is good');
    });
  });
});

describe('queue', () => {
  it('lists, drops, and says what is not there', async () => {
    const listed = await sentinel(['queue', 'list'], { env });
    expect(listed.code).toBe(0);
    expect(listed.stdout).toMatch(/^ID +EVENT +KEY +STATE/);
    expect(listed.stdout).toMatch(/d-1 +issues\.opened +octo\/widgets#1 +ready +0/);
    expect(listed.stdout).not.toContain('more');
    const one = await sentinel(['queue', 'list', '--limit', '1'], { env });
    expect(one.stdout).toMatch(/\n… and 1 more \(--limit takes up to 1,000\)\n$/);
    const json = await sentinel(['queue', 'list', '--limit', '1', '--json'], { env });
    expect(JSON.parse(json.stdout)).toHaveLength(1);
    expect(json.stderr).toBe('… and 1 more (--limit takes up to 1,000)\n');
    const dropped = await sentinel(['queue', 'drop', 'd-1', 'd-9', '--yes', '--json'], { env });
    expect(dropped.code).toBe(1);
    expect(JSON.parse(dropped.stdout)).toEqual([
      { id: 'd-1', ok: true },
      { id: 'd-9', ok: false },
    ]);
    const left = await sentinel(['queue', 'list', '--json'], { env });
    expect(JSON.parse(left.stdout).map((one: { id: string }) => one.id)).toEqual(['d-2']);
    const none = await sentinel(['queue', 'retry', '--all-dead'], { env });
    expect(none).toMatchObject({ code: 0, stdout: 'No deliveries.\n' });
  });
});

describe('doctor', () => {
  it('goes on without credentials', async () => {
    const more = { GITHUB_API_URL: 'http://127.0.0.1:9' };
    const ended = await sentinel(['doctor', '--json'], { env: { ...env, ...more } });
    const { checks } = JSON.parse(ended.stdout);
    const statusOf = (name: string) =>
      checks.find((check: { name: string }) => check.name === name)?.status;
    expect(statusOf('node')).toBe('ok');
    expect(statusOf('settings')).toBe('warn');
    expect(statusOf('database')).toBe('ok');
    expect(statusOf('github')).toBe('warn');
  });

  it('makes no database: this may be the wrong folder', async () => {
    const file = path.join(folder, 'elsewhere', 'data.sqlite');
    const more = { GITHUB_API_URL: 'http://127.0.0.1:9', DATABASE_URL: `sqlite:${file}` };
    const ended = await sentinel(['doctor'], { env: { ...env, ...more } });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/^warn {2}database +There is no database at .*data\.sqlite/m);
    expect(existsSync(path.dirname(file))).toBe(false);
  });

  it('tells all problems of the settings, and no value', async () => {
    const more = { APP_ID: 'x', WEBHOOK_SECRET: 'tiny-value', PRIVATE_KEY: 'not-a-key' };
    const ended = await sentinel(['doctor'], { env: { ...env, ...more } });
    expect(ended.code).toBe(1);
    expect(ended.stdout.match(/^fail {2}settings/gm)).toHaveLength(3);
    expect(ended.stdout + ended.stderr).not.toMatch(/tiny-value|not-a-key/);
  });
});

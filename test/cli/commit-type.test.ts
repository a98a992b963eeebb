import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isGitTitle, parseCommitMessage } from '../../src/cli/commit-message.js';
import { stagedDiff } from '../../src/cli/staged-diff.js';
import { parseDiff } from '../../src/triage/parse-diff.js';
import { sentinel } from './run.js';

describe('parseCommitMessage', () => {
  it.each([
    ['Add a door\n\nIt opens.\n# Please enter\n', { title: 'Add a door', body: 'It opens.' }],
    ['\ufeff\r\n# note\r\n fix: x \r\n', { title: 'fix: x', body: '' }],
    ['x\n# ------------------------ >8 ------------------------\ndiff', { title: 'x', body: '' }],
    ['# nothing\n\n', { title: '', body: '' }],
  ])('reads %j', (text, expected) => {
    expect(parseCommitMessage(text)).toEqual(expected);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseCommitMessage(text).title).not.toContain('\n');
      }),
    );
  });

  it.each([
    'fixup! x',
    'Merge branch "a"',
    "Merge branches 'a' and 'b'",
    "Merge remote-tracking branch 'origin/a'",
    "Merge tag 'v1'",
    'Merge pull request #7 from a/b',
    'Revert "x"',
    'Reapply "x"',
  ])('leaves %j to git', (title) => {
    expect(isGitTitle(title)).toBe(true);
    expect(isGitTitle(`fix: ${title}`)).toBe(false);
  });
});

it.each(['Merge the two parsers', 'Merge branch protection into one page', 'Revert to x', 'fixup'])(
  'takes %j for a title of a person',
  (title) => {
    expect(isGitTitle(title)).toBe(false);
  },
);

describe('stagedDiff', () => {
  let folder: string;
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', ...words], { cwd: folder });
  const env = () => ({
    PATH: process.env.PATH,
    GIT_DIR: path.join(folder, '.git'),
    GIT_WORK_TREE: folder,
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sentinel-git-'));
    git('init', '-q');
    git('config', 'diff.noprefix', 'true');
    writeFileSync(path.join(folder, 'old.txt'), 'a\n'.repeat(20));
    git('add', '.');
    git('commit', '-qm', 'x');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('reads what is staged, whatever the settings, with odd names', async () => {
    git('mv', 'old.txt', 'new.txt');
    writeFileSync(path.join(folder, 'a b\tü\n"c'), 'x');
    git('add', '.');
    writeFileSync(path.join(folder, 'unstaged.txt'), 'x');
    const files = parseDiff(await stagedDiff(env()));
    expect(files.map(({ path: name, status }) => [name, status])).toEqual([
      ['a b\tü\n"c', 'added'],
      ['new.txt', 'renamed'],
    ]);
  });

  it('says what git says where there is no repository', async () => {
    const nowhere = { ...env(), GIT_DIR: path.join(folder, 'nowhere') };
    await expect(stagedDiff(nowhere)).rejects.toThrow(/is this folder in a repository\? /);
    await expect(stagedDiff({ PATH: '/nowhere' })).rejects.toThrow('git cannot be run');
  });

  it('lets no file of the folder have git run a program', async () => {
    const [program, ran] = [path.join(folder, 'program.sh'), path.join(folder, 'RAN')];
    writeFileSync(program, `#!/bin/sh\ntouch '${ran}'\n`, { mode: 0o755 });
    const settings = {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: program,
    };
    await stagedDiff({ ...env(), ...settings });
    expect(existsSync(ran)).toBe(true);
    rmSync(ran);
    const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(path.join(folder, '.env'), lines.join(''));
    const ended = await sentinel(['commit-type'], { folder });
    expect(ended).toEqual({ code: 0, stdout: '', stderr: 'Nothing is staged.\n' });
    expect(existsSync(ran)).toBe(false);
  });

  it('stops no commit where nothing is staged or git wrote the title', async () => {
    const nothing = await sentinel(['commit-type'], { env: env() as Record<string, string> });
    expect(nothing).toEqual({ code: 0, stdout: '', stderr: 'Nothing is staged.\n' });
    const message = path.join(folder, 'MESSAGE');
    writeFileSync(message, 'Merge branch "b"\n');
    expect(await sentinel(['commit-type', message])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('says with --json why there is no type', async () => {
    const json = async (...words: string[]) => {
      const ended = await sentinel(['commit-type', '--json', ...words], {
        env: env() as Record<string, string>,
      });
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      return JSON.parse(ended.stdout);
    };
    expect(await json()).toEqual({ type: null, reason: 'Nothing is staged.' });
    const message = path.join(folder, 'MESSAGE');
    writeFileSync(message, "Merge branch 'b'\n");
    expect(await json(message)).toEqual({ type: null, reason: 'Git wrote the title.' });
  });
});

describe('the hook', () => {
  const page = readFileSync(new URL('../../docs/commit-types.md', import.meta.url), 'utf8');
  const hook = /^```sh\n(#!\/bin\/sh\n.*?)^```/ms.exec(page)?.[1] ?? '';
  const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-hook-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const run = () =>
    spawnSync('/bin/sh', ['-c', hook, 'commit-msg', 'MESSAGE'], {
      env: { PATH: folder },
      encoding: 'utf8',
    });

  it('is the same in the help', async () => {
    const { stdout } = await sentinel(['commit-type', '--help']);
    expect(stdout).toContain(hook.replace(/^(?=.)/gm, '  '));
  });

  it('stops no commit, and says so where sentinel is not found', () => {
    const missing = run();
    expect(missing.stderr).toMatch(/sentinel is not on the PATH: run "npm link"/);
    expect(missing.status).toBe(0);
  });

  it('passes on what sentinel says, and stops no commit when it fails', () => {
    const program = path.join(folder, 'sentinel');
    writeFileSync(program, '#!/bin/sh\necho "$@"\nexit 1\n', { mode: 0o755 });
    expect(run()).toMatchObject({ stdout: 'commit-type MESSAGE\n', stderr: '', status: 0 });
  });
});

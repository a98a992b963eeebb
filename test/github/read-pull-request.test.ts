import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readChangedFiles, readPullRequest } from '../../src/github/read-pull-request.js';
import { removedExports } from '../../src/triage/breaking-change.js';
import { API, anInstallation, closeNetwork, openNetwork } from './an-installation.js';

const NAME = 'octo/widgets';
const FILES = '/repos/octo/widgets/pulls/7/files';

beforeEach(closeNetwork);
afterEach(openNetwork);

const any = () => true;

/** Pages of listed files, each linked to the next. */
function foretell(pages: readonly (readonly object[])[]): void {
  for (const [index, page] of pages.entries()) {
    const query = index === 0 ? { per_page: 100 } : { per_page: 100, page: index + 1 };
    const next = `<${API}${FILES}?per_page=100&page=${index + 2}>; rel="next"`;
    const headers: Record<string, string> = index + 1 < pages.length ? { link: next } : {};
    nock(API)
      .get(FILES)
      .query(query)
      .reply(200, [...page], headers);
  }
}

const named = (page: number, count: number, change: object = {}) =>
  Array.from({ length: count }, (_, index) => ({
    filename: `src/${page}-${index}.ts`,
    status: 'modified',
    additions: 1,
    deletions: 0,
    ...change,
  }));

describe('a pull request', () => {
  it('is read as it is now, also from a fork that is gone', async () => {
    nock(API)
      .get('/repos/octo/widgets/pulls/7')
      .reply(200, {
        number: 7,
        title: 'Add it',
        body: null,
        html_url: 'https://github.com/octo/widgets/pull/7',
        state: 'open',
        user: null,
        labels: [{ name: 'bug' }],
        draft: true,
        head: { ref: 'work', sha: 'a'.repeat(40), repo: null },
        base: { ref: 'main' },
        changed_files: 4000,
      });
    expect(await readPullRequest(anInstallation(), NAME, 7)).toMatchObject({
      author: 'ghost',
      labels: ['bug'],
      draft: true,
      headSha: 'a'.repeat(40),
      headBranch: 'work',
      baseBranch: 'main',
      changedFiles: 4000,
    });
  });

  it('that is gone is refused', async () => {
    nock(API).get('/repos/octo/widgets/pulls/7').reply(404, { message: 'Not Found' });
    await expect(readPullRequest(anInstallation(), NAME, 7)).rejects.toMatchObject({
      code: 'gone',
    });
  });
});

describe('its files', () => {
  it('are read page by page, with what GitHub leaves out as null', async () => {
    foretell([
      named(1, 100, { patch: '@@ -1 +1 @@\n+a' }),
      [
        { filename: 'a.png', status: 'added', additions: 0, deletions: 0 },
        {
          filename: 'new name\n.ts',
          previous_filename: 'old.ts',
          status: 'renamed',
          additions: 0,
          deletions: 0,
        },
        { filename: '../x', status: 'some new word', additions: 1, deletions: 1, patch: '' },
      ],
    ]);
    const files = await readChangedFiles(anInstallation(), NAME, 7, any);
    expect(files).toHaveLength(103);
    expect(files[0]?.patch).toContain('+a');
    expect(files.slice(100)).toMatchObject([
      { path: 'a.png', status: 'added', patch: null },
      { path: 'new name\n.ts', previousPath: 'old.ts', status: 'renamed', patch: null },
      { path: '../x', status: 'changed', patch: null },
    ]);
  });

  it('are 3,000 at most, and of a huge change only so many lines are kept', async () => {
    const patch = `@@ -1 +1 @@\n${'+a line of the change\n'.repeat(3000)}`;
    foretell(Array.from({ length: 30 }, (_, page) => named(page, 100, { patch })));
    const files = await readChangedFiles(anInstallation(), NAME, 7, any);
    expect(files).toHaveLength(3000);
    expect(files.every(({ cut }) => cut)).toBe(true);
    const kept = files.reduce((sum, file) => sum + (file.patch?.length ?? 0), 0);
    expect(kept).toBeGreaterThan(300_000);
    expect(kept).toBeLessThanOrEqual(400_000);
  });

  it('are marked where lines are missing, so that no line end makes names go away', async () => {
    const lines = Array.from({ length: 900 }, (_, index) => `export function open${index}() {`);
    const patch = [
      '@@ -1,900 +1,900 @@',
      ...lines.map((line) => `-${line}      // opens the door\r`),
      ...lines.map((line) => `+${line}      // opens the door`),
    ].join('\n');
    const one = { filename: 'src/a.ts', status: 'modified', additions: 900, deletions: 900, patch };
    const gone = { ...one, filename: 'src/b.ts', status: 'removed', additions: 0 };
    foretell([[one, gone]]);
    const files = await readChangedFiles(anInstallation(), NAME, 7, any);
    expect(files.map(({ cut = false }) => cut)).toEqual([true, false]);
    expect(files[0]?.patch).toHaveLength(50_000);
    expect(removedExports(files)).toEqual([]);
  });

  it('that matter and changed most keep their lines', async () => {
    const patch = `@@ -1 +1 @@\n${'+x\n'.repeat(30_000)}`;
    const large = { filename: 'src/large.ts', status: 'modified', additions: 9000, deletions: 0 };
    const lock = { filename: 'yarn.lock', status: 'modified', additions: 99_000, deletions: 0 };
    foretell([[...named(1, 40, { patch }), { ...large, patch }, { ...lock, patch }]]);
    const files = await readChangedFiles(
      anInstallation(),
      NAME,
      7,
      (path) => !path.endsWith('.lock'),
    );
    expect(files.find(({ path }) => path === large.filename)?.patch).not.toBeNull();
    expect(files.find(({ path }) => path === lock.filename)?.patch).toBeNull();
  });
});

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.js';
import { aHead } from '../support/a-head.js';
import { sentinel } from './run.js';

const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-stats-'));
const env = { DATABASE_URL: `sqlite:${path.join(folder, 'store.sqlite')}` };
const HEAD = await aHead();

beforeAll(async () => {
  const store = await openStore(env.DATABASE_URL);
  await store.histories.save({
    repository: 'Octo/Widgets',
    installation_id: 7,
    position: '{}',
    finished_at: Date.now(),
    learned_at: Date.now(),
    result: 'It is the first.',
  });
  await store.heads.add({
    repository: 'Octo/Widgets',
    data_hash: HEAD.dataHash,
    in_use: 1,
    because: 'It is the first.',
    learned_at: Date.now(),
    head: JSON.stringify({
      ...HEAD,
      leftOut: [{ name: 'needs-triage', examples: 119, reason: 'nearly every issue bears it' }],
    }),
  });
  for (const subject of ['issues', 'pulls'] as const) {
    await store.heads.add({
      repository: 'octo/pulls',
      subject,
      data_hash: HEAD.dataHash,
      in_use: 1,
      because: 'It is the first.',
      learned_at: Date.now(),
      head: JSON.stringify(HEAD),
    });
  }
  await store.histories.save({
    repository: 'octo/few',
    installation_id: 7,
    position: '{}',
    finished_at: Date.now(),
    learned_at: Date.now(),
    result: '3 issues are labelled.',
  });
  await store.histories.learnedFromPulls('octo/few', '1 pull request is labelled.');
  await store.historyPulls.save([
    {
      repository: 'octo/few',
      number: 1,
      title: 'Open the door',
      labels: '["area: door"]',
      author: 'reporter',
      created_at: Date.now(),
      updated_at: Date.now(),
    },
  ]);
  await store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('sentinel stats', () => {
  it('shows labels with their precision, whatever the case of the name', async () => {
    const { code, stdout } = await sentinel(['stats', 'octo/widgets'], { env });
    expect(code).toBe(0);
    expect(stdout).toContain('Octo/Widgets');
    expect(stdout).toContain('area: network');
    expect(stdout).toMatch(/Head 1, learned .* from 120 issues; promises 90\.0 %/);
    expect(stdout).toContain('Left out: needs-triage (nearly every issue bears it)');
  });

  it('prints the same as JSON', async () => {
    const { code, stdout } = await sentinel(['stats', 'octo/widgets', '--json'], { env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      repository: 'Octo/Widgets',
      head: { version: 1, learnedFrom: 120 },
      labels: [{ use: 'put' }, { use: 'put' }],
    });
  });

  it('shows what was learned from pull requests beside it', async () => {
    const { stdout } = await sentinel(['stats', 'octo/pulls'], { env });
    expect(stdout).toMatch(/Head 1, .* from 120 issues[\s\S]*Pull requests: 0 with labels/);
    expect(stdout).toMatch(
      /Head 2, .* from 120 pull requests; promises 90\.0 %[\s\S]*area: network/,
    );
    const { stdout: json } = await sentinel(['stats', 'octo/pulls', '--json'], { env });
    expect(JSON.parse(json)).toMatchObject({
      head: { version: 1 },
      pulls: { labelled: 0, head: { version: 2 }, labels: [{ use: 'put' }, { use: 'put' }] },
    });
    const { stdout: issuesOnly } = await sentinel(['stats', 'octo/widgets'], { env });
    expect(issuesOnly).not.toContain('Pull requests');
  });

  it('says why nothing was learned, of issues and of pull requests', async () => {
    const { stdout } = await sentinel(['stats', 'octo/few'], { env });
    expect(stdout).toContain('Nothing learned yet. 3 issues are labelled.');
    expect(stdout).toMatch(
      /Pull requests: 1 with labels in the history\nNothing learned yet\. 1 pull request is labelled\./,
    );
    const { stdout: json } = await sentinel(['stats', 'octo/few', '--json'], { env });
    expect(JSON.parse(json)).toMatchObject({ pulls: { result: '1 pull request is labelled.' } });
  });

  it('says what to do about a repository it does not know', async () => {
    const { code, stderr } = await sentinel(['stats', 'octo/other'], { env });
    expect(code).toBe(1);
    expect(stderr).toContain('sentinel learn octo/other');
  });

  it.each(['widgets', 'a/b/c', 'octo/wid gets', '../etc'])(
    'refuses "%s" as a name',
    async (name) => {
      const { code, stderr } = await sentinel(['stats', name], { env });
      expect(code).toBe(2);
      expect(stderr).toContain('owner/repo');
    },
  );

  it('makes no database where there is none', async () => {
    const file = path.join(folder, 'nowhere', 'store.sqlite');
    const elsewhere = { env: { DATABASE_URL: `sqlite:${file}` } };
    for (const words of [
      ['stats', 'octo/widgets'],
      ['queue', 'list'],
    ]) {
      const { code, stderr } = await sentinel(words, elsewhere);
      expect(code).toBe(1);
      expect(stderr).toContain(`There is no database at ${file}: run this where Sentinel runs`);
      expect(existsSync(path.dirname(file))).toBe(false);
    }
  });
});

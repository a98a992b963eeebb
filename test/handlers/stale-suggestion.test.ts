import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChangeType } from '../../src/triage/changed-file.js';
import { SUGGESTION_MARKER } from '../../src/triage/suggest-label.js';
import { listComments, repositoryOf } from '../support/github-emulator.js';
import { openPull, push } from '../support/pull-requests.js';
import { type PullTriage, triagePulls } from '../support/triage-pulls.js';

const LABELS = ['bug', 'enhancement'].map((name) => ({ name }));
const MODES = { suggest: 'suggest', apply: 'apply' } as const;
const QUOTE = `${SUGGESTION_MARKER}\nI quote this and think otherwise.`;
let triage: PullTriage;

beforeAll(async () => {
  triage = await triagePulls({
    repositories: Object.entries(MODES).map(([name, mode]) => ({
      owner: 'octo',
      name,
      labels: LABELS,
      files: { '.github/sentinel.yml': `mode: ${mode}\n` },
    })),
  });
});
afterAll(() => triage?.close());
afterEach(() => triage.github.api.interfere(null));

/** A pull request with a person's comment that quotes the marker. */
async function open(repository = 'octo/suggest') {
  const { number } = await openPull(triage.maintainer, repository, { title: 'Things' });
  triage.facts.setFiles(repository, number, [{ filename: 'src/a.ts', patch: '@@ -1 +1 @@\n+a' }]);
  await triage.maintainer.rest.issues.createComment({
    ...repositoryOf(repository),
    issue_number: number,
    body: QUOTE,
  });
  const bodies = async () =>
    (await listComments(triage.maintainer, repository, number)).map(({ body }) => body ?? '');
  return {
    number,
    bodies,
    /** Commits that the model reads as this type are pushed and handled. */
    async push(type: ChangeType | null, attempt = 1, receivedAt = new Date()) {
      triage.modelSays(type);
      await push(triage.maintainer, repository, number);
      return triage.handle(repository, number, { unlessUnchanged: true, attempt, receivedAt });
    },
    async first(type: ChangeType | null) {
      triage.modelSays(type);
      return triage.handle(repository, number);
    },
  };
}

const deleted = () => triage.github.api.requests.filter(({ method }) => method === 'DELETE');

describe('a suggestion that no longer holds', () => {
  it('is removed once, a person’s words stay, and a new one may come', async () => {
    const pull = await open();
    await pull.first('feat');
    expect((await pull.bodies()).map((body) => body.includes('`enhancement`'))).toEqual([
      false,
      true,
    ]);
    const before = deleted().length;
    const decisions = await pull.push(null);
    expect(decisions.at(-1)?.applied?.comment).toBe('removed');
    expect(await pull.bodies()).toEqual([QUOTE]);
    expect((await pull.push(null)).at(-1)?.applied?.comment).toBeNull();
    expect(deleted().length).toBe(before + 1);
    expect((await pull.push('fix')).at(-1)?.applied?.comment).toBe('created');
    expect((await pull.bodies()).at(-1)).toContain('`bug`');
  });

  it('is removed although GitHub fails first, and although its answer is lost', async () => {
    for (const fault of [{ kind: 'answer', status: 502 }, { kind: 'lose-answer' }] as const) {
      const pull = await open();
      await pull.first('feat');
      triage.github.api.interfere(({ method }) => (method === 'DELETE' ? fault : undefined));
      await expect(pull.push(null)).rejects.toThrow();
      triage.github.api.interfere(null);
      const decisions = await triage.handle('octo/suggest', pull.number, {
        unlessUnchanged: true,
        attempt: 2,
      });
      expect(decisions.at(-1)?.outcome).toBe('abstained');
      expect(await pull.bodies()).toEqual([QUOTE]);
    }
  });

  it.each([
    ['and counted', 2, 0],
    ['and was waited after, which is not counted', 1, 31_000],
  ])('is removed where the try that left it broke off %s', async (_, attempt, waitedMs) => {
    const pull = await open();
    triage.github.api.interfere(({ method, path }) =>
      method === 'POST' && path.endsWith('/comments') ? { kind: 'lose-answer' } : undefined,
    );
    await expect(pull.first('feat')).rejects.toThrow();
    triage.github.api.interfere(null);
    expect(await pull.bodies()).toHaveLength(2);
    await pull.push(null, attempt, new Date(Date.now() - waitedMs));
    expect(await pull.bodies()).toEqual([QUOTE]);
  });
});

it('a suggestion that a person deleted does not come back', async () => {
  const pull = await open();
  await pull.first('feat');
  const place = repositoryOf('octo/suggest');
  const [, own] = await listComments(triage.maintainer, 'octo/suggest', pull.number);
  await triage.maintainer.rest.issues.deleteComment({ ...place, comment_id: own?.id ?? 0 });
  for (const type of ['fix', 'feat'] as const) {
    const decision = (await pull.push(type)).at(-1);
    expect(decision).toMatchObject({ outcome: 'kept', applied: { comment: 'declined' } });
    expect(decision?.plan?.reasons.at(-1)?.code).toBe('comment-deleted');
    expect(await pull.bodies()).toEqual([QUOTE]);
  }
  expect((await pull.push(null)).at(-1)?.applied?.comment).toBeNull();
});

it('one that a person deleted does not come back although the try that left it broke off', async () => {
  const pull = await open();
  triage.github.api.interfere(({ method, path }) =>
    method === 'POST' && path.endsWith('/comments') ? { kind: 'lose-answer' } : undefined,
  );
  await expect(pull.first('feat')).rejects.toThrow();
  triage.github.api.interfere(null);
  const again = await triage.handle('octo/suggest', pull.number, { attempt: 2 });
  expect(again.at(-1)).toMatchObject({ outcome: 'suggested', applied: { comment: 'present' } });
  const [, own] = await listComments(triage.maintainer, 'octo/suggest', pull.number);
  const place = repositoryOf('octo/suggest');
  await triage.maintainer.rest.issues.deleteComment({ ...place, comment_id: own?.id ?? 0 });
  expect((await pull.push('fix')).at(-1)?.applied?.comment).toBe('declined');
  expect(await pull.bodies()).toEqual([QUOTE]);
});

it('comments are not asked for where nothing was ever suggested', async () => {
  const asked = () =>
    triage.github.api.requests.filter(({ path }) => path.includes('/comments?')).length;
  const pull = await open('octo/apply');
  const before = asked();
  await pull.first('feat');
  expect(asked()).toBe(before);
});

import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyPlan } from '../../src/github/apply-plan.js';
import { RateLimitedError, RefusedError } from '../../src/github/github-error.js';
import type { TriagePlan } from '../../src/triage/plan.js';
import { SUGGESTION_MARKER, suggestLabel } from '../../src/triage/suggest-label.js';
import { API, anInstallation, closeNetwork, openNetwork } from './an-installation.js';

const ISSUE = '/repos/octo/widgets/issues/5';
const NOTHING = { added: [], removed: [], created: [], comment: null };

function aPlan(change: Partial<TriagePlan> = {}): TriagePlan {
  return {
    mode: 'apply',
    verdict: 'label',
    decided: 'bug',
    addLabels: ['bug'],
    removeLabels: [],
    createLabels: [],
    comment: null,
    scores: { bug: 0.97, feature: 0.02, question: 0.01 },
    reasons: [{ code: 'sure', text: 'It reads like a bug report.' }],
    model: 'issue-encoder test',
    ...change,
  };
}
const apply = (change: Partial<TriagePlan> = {}, stood = false) =>
  applyPlan(anInstallation(), 'octo/widgets', 5, aPlan(change), stood);

beforeEach(closeNetwork);
afterEach(openNetwork);

describe('a plan that changes nothing makes no call', () => {
  it.each(['abstain', 'keep', 'ignore'] as const)('with the verdict %s', async (verdict) => {
    expect(await apply({ verdict })).toEqual(NOTHING);
  });

  it('in shadow mode, whatever it would do', async () => {
    const createLabels = [{ name: 'bug', color: 'd73a4a', description: '' }];
    const comment = { marker: SUGGESTION_MARKER, body: SUGGESTION_MARKER };
    const change = { removeLabels: ['question'], createLabels, comment };
    expect(await apply({ mode: 'shadow', ...change })).toEqual(NOTHING);
  });
});

describe('labels', () => {
  const adds = (labels: readonly string[], status = 200, answer: nock.Body = []) =>
    nock(API)
      .post(`${ISSUE}/labels`, { labels: [...labels] })
      .reply(status, answer);
  const removes = (name: string, status = 200) =>
    nock(API)
      .delete(`${ISSUE}/labels/${encodeURIComponent(name)}`)
      .reply(status, status === 200 ? [] : { message: 'Label does not exist' });

  it('are added, and the plan done again does the same', async () => {
    for (const _ of ['once', 'again']) {
      adds(['bug']);
      expect(await apply()).toEqual({ ...NOTHING, added: ['bug'] });
    }
  });

  it('are added before the old one is taken off, so that the issue is never bare', async () => {
    const calls: string[] = [];
    nock(API)
      .post(`${ISSUE}/labels`)
      .reply(200, () => {
        calls.push('add');
        return [];
      });
    nock(API)
      .delete(`${ISSUE}/labels/question`)
      .reply(200, () => {
        calls.push('remove');
        return [];
      });
    const done = await apply({ removeLabels: ['question'] });
    expect(done).toEqual({ ...NOTHING, added: ['bug'], removed: ['question'] });
    expect(calls).toEqual(['add', 'remove']);
  });

  it('are only taken off where none is to be added', async () => {
    removes('question');
    expect(await apply({ addLabels: [], removeLabels: ['question'] })).toEqual({
      ...NOTHING,
      removed: ['question'],
    });
  });

  it('that are gone already count as not removed, and the others still are', async () => {
    adds(['bug']);
    removes('question', 404);
    removes('enhancement');
    expect(await apply({ removeLabels: ['question', 'enhancement'] })).toMatchObject({
      removed: ['enhancement'],
    });
  });

  it.each(['kind/bug', 'type: bug', '🐛 bug', '100%', 'a?b#c', '../../1'])(
    'called "%s" are removed by exactly that name',
    async (name) => {
      adds(['bug']);
      let path = '';
      nock(API)
        .delete(/.*/)
        .reply(200, (uri) => {
          path = uri;
          return [];
        });
      await apply({ removeLabels: [name] });
      expect(path).toBe(`${ISSUE}/labels/${encodeURIComponent(name)}`);
    },
  );

  describe('that the repository lacks', () => {
    const label = { name: 'bug', color: 'd73a4a', description: "Something isn't working" };

    it('are created first, with colour and description', async () => {
      nock(API)
        .post('/repos/octo/widgets/labels', label)
        .reply(201, { id: 1, ...label });
      adds(['bug']);
      expect(await apply({ createLabels: [label] })).toMatchObject({
        added: ['bug'],
        created: ['bug'],
      });
    });

    it('but which someone created meanwhile are added all the same', async () => {
      const taken = { message: 'Validation Failed', errors: [{ code: 'already_exists' }] };
      nock(API).post('/repos/octo/widgets/labels', label).reply(422, taken);
      adds(['bug']);
      expect(await apply({ createLabels: [label] })).toMatchObject({ added: ['bug'], created: [] });
    });

    it('are not added when GitHub does not allow to create them', async () => {
      nock(API).post('/repos/octo/widgets/labels').reply(403, { message: 'Not accessible' });
      await expect(apply({ createLabels: [label] })).rejects.toMatchObject({ code: 'forbidden' });
    });
  });

  it.each([
    [403, 'Resource not accessible by integration', 'forbidden'],
    [403, 'Repository was archived so is read-only.', 'archived'],
    [403, 'Unable to add label because the issue is locked.', 'locked'],
    [404, 'Not Found', 'gone'],
    [410, 'This issue was deleted', 'gone'],
    [422, 'Validation Failed', 'invalid'],
  ])('refused with %d "%s" give up as %s', async (status, message, code) => {
    adds(['bug'], status, { message });
    const failure = await apply().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RefusedError);
    expect(failure).toMatchObject({ code, permanent: true });
    expect(String(failure)).toContain('add labels');
  });

  it('wait as long as GitHub asks', async () => {
    nock(API)
      .post(`${ISSUE}/labels`)
      .reply(429, { message: 'Too many requests' }, { 'retry-after': '120' });
    const before = Date.now();
    const failure = await apply().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RateLimitedError);
    const wait = failure instanceof RateLimitedError ? failure.retryAt.getTime() - before : 0;
    expect(wait).toBeGreaterThanOrEqual(120_000);
    expect(wait).toBeLessThan(150_000);
  });

  it('that could not be removed for GitHub’s own failure are tried again later', async () => {
    adds(['bug']);
    removes('question', 502);
    const failure = await apply({ removeLabels: ['question'] }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ status: 502 });
    expect(failure).not.toBeInstanceOf(RefusedError);
  });
});

describe('what is suggested', () => {
  const comment = suggestLabel('bug', 'bug', { bug: 0.97, feature: 0.02, question: 0.01 });
  const suggest = () => apply({ mode: 'suggest', comment });
  const own = (body: string | null, id = 11) => ({ id, body, user: { login: 'sentinel[bot]' } });
  const has = (comments: readonly object[]) =>
    nock(API)
      .get(`${ISSUE}/comments`)
      .query({ per_page: 100 })
      .reply(200, [...comments]);
  const creates = () =>
    nock(API).post(`${ISSUE}/comments`, { body: comment.body }).reply(201, { id: 12 });

  it('one comment is created and no label touched', async () => {
    has([{ id: 1, body: 'Same here!', user: { login: 'octocat' } }]);
    creates();
    expect(await suggest()).toEqual({ ...NOTHING, comment: 'created' });
  });

  it('the comment is not repeated when it reads so already', async () => {
    has([own(comment.body)]);
    expect(await suggest()).toEqual({ ...NOTHING, comment: 'present' });
  });

  it('the App’s own comment is edited when the suggestion changed', async () => {
    has([own('Thank you!', 10), own(`${SUGGESTION_MARKER}\nIt used to be a question.`)]);
    nock(API)
      .patch('/repos/octo/widgets/issues/comments/11', { body: comment.body })
      .reply(200, { id: 11 });
    expect(await suggest()).toEqual({ ...NOTHING, comment: 'edited' });
  });

  it('a person’s comment that quotes the marker is not taken for the App’s', async () => {
    has([
      { id: 1, body: comment.body, user: { login: 'octocat' } },
      { id: 2, body: comment.body, user: null },
      own(null, 3),
    ]);
    creates();
    expect(await suggest()).toMatchObject({ comment: 'created' });
  });

  it('the comment is found on a later page', async () => {
    const next = `<${API}${ISSUE}/comments?per_page=100&page=2>; rel="next"`;
    nock(API).get(`${ISSUE}/comments`).query({ per_page: 100 }).reply(200, [], { link: next });
    nock(API)
      .get(`${ISSUE}/comments`)
      .query({ per_page: 100, page: 2 })
      .reply(200, [own(comment.body)]);
    expect(await suggest()).toEqual({ ...NOTHING, comment: 'present' });
  });

  it('a comment that stood and is gone was deleted, and is not written again', async () => {
    has([{ id: 1, body: comment.body, user: { login: 'octocat' } }]);
    const declined = await apply({ mode: 'suggest', comment }, true);
    expect(declined).toEqual({ ...NOTHING, comment: 'declined' });
    has([own(`${SUGGESTION_MARKER}\nold words`)]);
    nock(API).patch('/repos/octo/widgets/issues/comments/11').reply(200, {});
    expect(await apply({ mode: 'suggest', comment }, true)).toMatchObject({ comment: 'edited' });
  });

  it('what is only suggested beside labels is said, and the labels are put on', async () => {
    nock(API)
      .post(`${ISSUE}/labels`, { labels: ['bug'] })
      .reply(200, []);
    has([]);
    creates();
    expect(await apply({ comment })).toEqual({ ...NOTHING, added: ['bug'], comment: 'created' });
  });

  it('nothing is done without a comment in the plan', async () => {
    expect(await apply({ mode: 'suggest', comment: null })).toEqual(NOTHING);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyPlan } from '../../src/github/apply-plan.js';
import type { TriagePlan } from '../../src/triage/plan.js';
import { type AnsweredGitHub, answerGitHub, stopAnswering } from '../support/answer-github.js';

const ISSUE = '/repos/octo/widgets/issues/1';
const MARKER = '<!-- sentinel:suggestion -->';
const NOTHING = { added: [], removed: [], created: [], comment: null };
let answered: AnsweredGitHub;
beforeEach(() => {
  answered = answerGitHub();
});
afterEach(() => {
  expect(stopAnswering()).toEqual([]);
});

function plan(change: Partial<TriagePlan> = {}): TriagePlan {
  return {
    mode: 'apply',
    verdict: 'label',
    decided: 'bug',
    addLabels: ['bug'],
    removeLabels: [],
    createLabels: [],
    comment: null,
    scores: null,
    reasons: [],
    model: null,
    ...change,
  };
}
const apply = (change: Partial<TriagePlan> = {}) =>
  applyPlan(answered.installation, 'octo/widgets', 1, plan(change));

describe('applying a plan', () => {
  it('makes no call in shadow mode, nor for any verdict but label', async () => {
    expect(await apply({ mode: 'shadow' })).toEqual(NOTHING);
    for (const verdict of ['abstain', 'keep', 'ignore'] as const) {
      expect(await apply({ verdict })).toEqual(NOTHING);
    }
  });

  it('adds the new label before it takes the old one off', async () => {
    const calls: string[] = [];
    answered.api
      .post(`${ISSUE}/labels`, { labels: ['bug'] })
      .reply(() => {
        calls.push('add');
        return [200, []];
      })
      .delete(`${ISSUE}/labels/feature%20request`)
      .reply(() => {
        calls.push('remove');
        return [200, []];
      });
    expect(await apply({ removeLabels: ['feature request'] })).toEqual({
      ...NOTHING,
      added: ['bug'],
      removed: ['feature request'],
    });
    expect(calls).toEqual(['add', 'remove']);
  });

  it('is content when the label to take off is gone already', async () => {
    answered.api
      .post(`${ISSUE}/labels`)
      .reply(200, [])
      .delete(`${ISSUE}/labels/question`)
      .reply(404, { message: 'Label does not exist' });
    expect(await apply({ removeLabels: ['question'] })).toMatchObject({ removed: [] });
  });

  it('creates a label first, and is content when someone else just did', async () => {
    const createLabels = [{ name: 'bug', color: 'd73a4a', description: 'Broken' }];
    answered.api
      .post('/repos/octo/widgets/labels', { ...createLabels[0] })
      .reply(422, { message: 'Validation Failed', errors: [{ code: 'already_exists' }] })
      .post(`${ISSUE}/labels`)
      .reply(200, []);
    expect(await apply({ createLabels })).toMatchObject({ created: [], added: ['bug'] });
  });

  it.each([
    [403, 'Resource not accessible by integration', 'forbidden'],
    [403, 'Repository was archived so is read-only.', 'archived'],
    [404, 'Not Found', 'gone'],
    [410, 'This issue was deleted', 'gone'],
    [422, 'Validation Failed', 'invalid'],
  ])('is refused by %d "%s" as %s', async (status, message, code) => {
    answered.api.post(`${ISSUE}/labels`).reply(status, { message });
    await expect(apply()).rejects.toMatchObject({ name: 'RefusedError', code, permanent: true });
  });

  it('waits where GitHub says so', async () => {
    answered.api.post(`${ISSUE}/labels`).reply(429, { message: 'Slow down' }, { 'retry-after': '9' });
    await expect(apply()).rejects.toMatchObject({
      name: 'RateLimitedError',
      retryAt: expect.any(Date),
    });
  });
});

describe('suggesting', () => {
  const comment = { marker: MARKER, body: `${MARKER}\nnew` };
  const suggest = () => apply({ mode: 'suggest', comment });
  const list = (comments: object[]) =>
    answered.api.get(`${ISSUE}/comments`).query(true).reply(200, comments);
  const by = (login: string, body: string, id = 5) => ({ id, body, user: { login } });

  it('comments when there is none of its own', async () => {
    list([by('octocat', `quoting ${MARKER}`), by('sentinel[bot]', 'about something else')]);
    answered.api.post(`${ISSUE}/comments`, { body: comment.body }).reply(201, { id: 9 });
    expect(await suggest()).toEqual({ ...NOTHING, comment: 'created' });
  });

  it('edits its own, whatever the case of its login', async () => {
    list([by('octocat', MARKER, 4), by('Sentinel[bot]', `${MARKER}\nold`, 6)]);
    answered.api
      .patch('/repos/octo/widgets/issues/comments/6', { body: comment.body })
      .reply(200, { id: 6 });
    expect(await suggest()).toEqual({ ...NOTHING, comment: 'edited' });
  });

  it('leaves its own alone when it says so already', async () => {
    list([by('sentinel[bot]', comment.body)]);
    expect(await suggest()).toEqual(NOTHING);
  });

  it('survives comments of deleted users and without text', async () => {
    list([{ id: 1, body: null, user: null }, { id: 2, user: { login: 'sentinel[bot]' } }]);
    answered.api.post(`${ISSUE}/comments`).reply(201, { id: 9 });
    expect(await suggest()).toMatchObject({ comment: 'created' });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfigFile } from '../../src/github/read-config-file.js';
import { readIssue, readLabelHistory } from '../../src/github/read-issue.js';
import { readRepositoryLabels } from '../../src/github/read-repository-labels.js';
import { API, type AnsweredGitHub, answerGitHub, stopAnswering } from '../support/answer-github.js';

const REPOSITORY = '/repos/octo/widgets';
let answered: AnsweredGitHub;
let seen: { method: string; status: number; installation: number | null; remaining: number | null }[];
beforeEach(() => {
  seen = [];
  answered = answerGitHub((call) => seen.push(call));
});
afterEach(() => {
  expect(stopAnswering()).toEqual([]);
});

const issue = {
  number: 1,
  title: 'It crashes',
  body: null,
  html_url: 'https://github.test/octo/widgets/issues/1',
  state: 'open',
  user: { login: 'octocat', type: 'User' },
  labels: [],
};

describe('readIssue', () => {
  const read = (change: object) => {
    answered.api.get(`${REPOSITORY}/issues/1`).reply(200, { ...issue, ...change });
    return readIssue(answered.installation, 'octo/widgets', 1);
  };

  it.each<[string, object, object]>([
    ['a plain issue', {}, { author: 'octocat', authorIsBot: false, body: null, closed: false }],
    ['a deleted author', { user: null }, { author: 'ghost', authorIsBot: false }],
    ['a bot', { user: { login: 'x', type: 'Bot' } }, { authorIsBot: true }],
    ['a bot by its login', { user: { login: 'x[bot]' } }, { authorIsBot: true }],
    ['a locked, closed one', { locked: true, state: 'closed' }, { locked: true, closed: true }],
    ['labels of both kinds', { labels: ['a', { name: 'b' }, { name: null }] }, { labels: ['a', 'b'] }],
  ])('understands %s', async (_, change, expected) => {
    expect(await read(change)).toMatchObject(expected);
  });

  it('refuses a pull request', async () => {
    await expect(read({ pull_request: {} })).rejects.toMatchObject({ code: 'invalid' });
  });

  it('fails, to be tried again, on an answer that is no issue', async () => {
    await expect(read({ title: 7 })).rejects.toMatchObject({ name: 'ZodError' });
  });

  it('refuses what an uninstalled App asks for', async () => {
    stopAnswering();
    const { api, installation } = answerGitHub();
    stopAnswering();
    api.post('/app/installations/7/access_tokens').reply(404, { message: 'Not Found' });
    await expect(readIssue(installation, 'octo/widgets', 1)).rejects.toMatchObject({ code: 'gone' });
  });
});

describe('lists', () => {
  it('of label events are read to the last page, and tell who did what', async () => {
    const event = (name: string, login: string | null, label: string | null) => ({
      event: name,
      actor: login === null ? null : { login },
      ...(label === null ? {} : { label: { name: label } }),
    });
    const events = `${REPOSITORY}/issues/1/events`;
    answered.api
      .get(events)
      .query({ per_page: '100' })
      .reply(200, [event('labeled', 'Sentinel[bot]', 'bug'), event('closed', 'octocat', null)], {
        link: `<${API}${events}?per_page=100&page=2>; rel="next"`,
      })
      .get(events)
      .query({ per_page: '100', page: '2' })
      .reply(200, [event('unlabeled', 'octocat', 'bug'), event('labeled', null, 'question')]);
    expect(await readLabelHistory(answered.installation, 'octo/widgets', 1)).toEqual([
      { label: 'bug', action: 'added', ours: true },
      { label: 'bug', action: 'removed', ours: false },
      { label: 'question', action: 'added', ours: false },
    ]);
  });

  it('of the repository’s labels are read to the last page', async () => {
    const labels = `${REPOSITORY}/labels`;
    answered.api
      .get(labels)
      .query({ per_page: '100' })
      .reply(200, [{ name: 'bug' }], { link: `<${API}${labels}?page=2>; rel="next"` })
      .get(labels)
      .query({ page: '2' })
      .reply(200, [{ name: 'question' }]);
    const names = await readRepositoryLabels(answered.installation, 'octo/widgets');
    expect(names).toEqual(['bug', 'question']);
  });
});

describe('readConfigFile', () => {
  const read = () => readConfigFile(answered.installation, 'octo/widgets');
  const own = () => answered.api.get(/\/repos\/octo\/widgets\/contents\//);
  const shared = () => answered.api.get(/\/repos\/octo\/\.github\/contents\//);
  const file = (text: string) => ({
    type: 'file',
    encoding: 'base64',
    content: Buffer.from(text).toString('base64'),
  });

  it('finds the repository’s own file first', async () => {
    own().reply(200, file('mode: shadow # 漢字'));
    expect(await read()).toEqual({
      source: 'octo/widgets:.github/sentinel.yml',
      text: 'mode: shadow # 漢字',
    });
  });

  it('then the owner’s, then none', async () => {
    own().reply(404, {});
    shared().reply(200, file('mode: suggest'));
    expect((await read())?.source).toBe('octo/.github:.github/sentinel.yml');
    own().reply(404, {});
    shared().reply(404, {});
    expect(await read()).toBeNull();
  });

  it('takes a folder of that name for no file', async () => {
    own().reply(200, [{ type: 'file' }]);
    shared().reply(403, { message: 'Resource not accessible by integration' });
    expect(await read()).toBeNull();
  });

  it('never takes a failure for no file', async () => {
    own().reply(502, {});
    await expect(read()).rejects.toMatchObject({ status: 502 });
    own().reply(429, {});
    await expect(read()).rejects.toMatchObject({ name: 'RateLimitedError' });
  });
});

describe('the connection', () => {
  it('knows the App and its own login, and asks only once', async () => {
    expect(await answered.github.getApp()).toMatchObject({
      slug: 'sentinel',
      permissions: { issues: 'write' },
    });
    expect(await answered.installation.botLogin()).toBe('sentinel[bot]');
    expect(seen.filter(({ installation }) => installation === null)).toHaveLength(1);
  });

  it('reports each call with what is left of the limit', async () => {
    answered.api
      .get(`${REPOSITORY}/issues/1`)
      .reply(200, issue, { 'x-ratelimit-remaining': '4321' })
      .get(`${REPOSITORY}/issues/1`)
      .reply(502, {});
    await readIssue(answered.installation, 'octo/widgets', 1);
    await expect(readIssue(answered.installation, 'octo/widgets', 1)).rejects.toThrow();
    expect(seen).toContainEqual({ method: 'GET', status: 200, installation: 7, remaining: 4321 });
    expect(seen).toContainEqual({ method: 'GET', status: 502, installation: 7, remaining: null });
  });
});

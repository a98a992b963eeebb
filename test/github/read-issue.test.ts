import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RefusedError } from '../../src/github/github-error.js';
import { readHistoryIssue } from '../../src/github/read-history.js';
import { readIssue, readLabelHistory } from '../../src/github/read-issue.js';
import { readRepositoryLabels } from '../../src/github/read-repository-labels.js';
import { API, anInstallation, closeNetwork, openNetwork } from './an-installation.js';

const ISSUE = '/repos/octo/widgets/issues/5';

beforeEach(closeNetwork);
afterEach(openNetwork);

describe('readIssue', () => {
  const raw = {
    number: 5,
    title: 'It crashes',
    body: 'When I press the button.',
    html_url: 'https://github.com/octo/widgets/issues/5',
    state: 'open',
    locked: false,
    user: { login: 'octocat', type: 'User' },
    labels: [{ name: 'triage', color: 'ffffff' }],
  };
  const read = (change: object = {}) => {
    nock(API)
      .get(ISSUE)
      .reply(200, { ...raw, ...change });
    return readIssue(anInstallation(), 'octo/widgets', 5);
  };

  it('reads what a decision rests on', async () => {
    expect(await read()).toEqual({
      repository: 'octo/widgets',
      number: 5,
      title: 'It crashes',
      body: 'When I press the button.',
      url: 'https://github.com/octo/widgets/issues/5',
      author: 'octocat',
      authorIsBot: false,
      labels: ['triage'],
      locked: false,
      closed: false,
    });
  });

  it.each([
    ['no text', { body: null }, { body: null }],
    ['a text left out', { body: undefined }, { body: null }],
    ['a deleted author', { user: null }, { author: 'ghost', authorIsBot: false }],
    ['an App as its author', { user: { login: 'x[bot]', type: 'Bot' } }, { authorIsBot: true }],
    ['an author named like an App', { user: { login: 'x[bot]' } }, { authorIsBot: true }],
    ['a closed state', { state: 'closed' }, { closed: true }],
    ['a locked conversation', { locked: true }, { locked: true }],
    ['labels as text', { labels: ['a', { name: 'b' }, { name: null }] }, { labels: ['a', 'b'] }],
    ['no labels', { labels: [] }, { labels: [] }],
  ])('understands %s', async (_, change, expected) => {
    expect(await read(change)).toMatchObject(expected);
  });

  it.each([
    ['to triage', readIssue],
    ['for the history', readHistoryIssue],
  ])('refuses a transferred issue read %s, to which GitHub redirects', async (_, readOne) => {
    const moved = '/repositories/9/issues/77';
    const url = 'https://github.com/octo/other/issues/77';
    nock(API)
      .get(ISSUE)
      .reply(301, {}, { location: API + moved });
    nock(API)
      .get(moved)
      .reply(200, { ...raw, number: 77, html_url: url });
    await expect(readOne(anInstallation(), 'octo/widgets', 5)).rejects.toMatchObject({
      name: 'RefusedError',
      code: 'gone',
      message: expect.stringContaining(url),
    });
  });

  it('refuses a pull request', async () => {
    await expect(read({ pull_request: { url: 'x' } })).rejects.toMatchObject({
      name: 'RefusedError',
      code: 'invalid',
    });
  });

  it.each([
    [404, 'gone'],
    [410, 'gone'],
    [403, 'forbidden'],
  ])('gives up at %d as %s', async (status, code) => {
    nock(API).get(ISSUE).reply(status, { message: 'No' });
    const failure = await readIssue(anInstallation(), 'octo/widgets', 5).catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(RefusedError);
    expect(failure).toMatchObject({ code });
  });

  it('passes on GitHub’s own failures, to be tried again', async () => {
    nock(API).get(ISSUE).reply(503, {});
    await expect(readIssue(anInstallation(), 'octo/widgets', 5)).rejects.toMatchObject({
      name: 'FailedCallError',
      status: 503,
    });
  });

  it('fails on an answer that is no issue instead of guessing', async () => {
    await expect(read({ title: 7 })).rejects.toThrow();
  });
});

describe('readLabelHistory', () => {
  const labeled = (name: string, login: string | null, event = 'labeled') => ({
    id: 1,
    event,
    actor: login === null ? null : { login },
    label: { name, color: 'ffffff' },
  });
  const history = () => readLabelHistory(anInstallation(), 'octo/widgets', 5);

  it('tells its own events from those of people and of other bots', async () => {
    const events = [
      labeled('bug', 'sentinel[bot]'),
      labeled('bug', 'sentinel', 'unlabeled'),
      labeled('question', 'other[bot]'),
      { ...labeled('docs', null), actor: { login: 'helper', type: 'Bot' } },
      { ...labeled('docs', null), actor: { login: 'octocat', type: 'User' } },
      labeled('docs', null),
      { id: 2, event: 'closed', actor: { login: 'octocat' } },
      { id: 3, event: 'labeled', actor: { login: 'octocat' }, label: null },
    ];
    nock(API).get(`${ISSUE}/events`).query({ per_page: 100 }).reply(200, events);
    expect(await history()).toEqual([
      { label: 'bug', action: 'added', ours: true },
      { label: 'bug', action: 'removed', ours: false },
      { label: 'question', action: 'added', ours: false, bot: 'other[bot]' },
      { label: 'docs', action: 'added', ours: false, bot: 'helper' },
      { label: 'docs', action: 'added', ours: false },
      { label: 'docs', action: 'added', ours: false },
    ]);
  });

  it('reads every page, in order', async () => {
    const next = `<${API}${ISSUE}/events?per_page=100&page=2>; rel="next"`;
    nock(API)
      .get(`${ISSUE}/events`)
      .query({ per_page: 100 })
      .reply(200, [labeled('first', 'octocat')], { link: next });
    nock(API)
      .get(`${ISSUE}/events`)
      .query({ per_page: 100, page: 2 })
      .reply(200, [labeled('second', 'octocat')]);
    expect((await history()).map(({ label }) => label)).toEqual(['first', 'second']);
  });

  it('fails when a later page fails, for half a history is none', async () => {
    const next = `<${API}${ISSUE}/events?per_page=100&page=2>; rel="next"`;
    nock(API)
      .get(`${ISSUE}/events`)
      .query({ per_page: 100 })
      .reply(200, [labeled('first', 'octocat')], { link: next });
    nock(API).get(`${ISSUE}/events`).query({ per_page: 100, page: 2 }).reply(500, {});
    await expect(history()).rejects.toMatchObject({ status: 500 });
  });
});

describe('readRepositoryLabels', () => {
  const LABELS = '/repos/octo/widgets/labels';

  it('reads the names on every page', async () => {
    const next = `<${API}${LABELS}?per_page=100&page=2>; rel="next"`;
    nock(API)
      .get(LABELS)
      .query({ per_page: 100 })
      .reply(200, [{ id: 1, name: 'bug' }], { link: next });
    nock(API)
      .get(LABELS)
      .query({ per_page: 100, page: 2 })
      .reply(200, [{ id: 2, name: '🐛 defect' }]);
    expect(await readRepositoryLabels(anInstallation(), 'octo/widgets')).toEqual([
      'bug',
      '🐛 defect',
    ]);
  });

  it('gives up when the repository is out of reach', async () => {
    nock(API).get(LABELS).query({ per_page: 100 }).reply(404, { message: 'Not Found' });
    await expect(readRepositoryLabels(anInstallation(), 'octo/widgets')).rejects.toMatchObject({
      code: 'gone',
    });
  });
});

import { generateKeyPairSync } from 'node:crypto';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ConnectOptions, connectGitHub } from '../../src/github/connect.js';
import { API, closeNetwork, openNetwork } from './an-installation.js';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
type Call = Parameters<NonNullable<ConnectOptions['onResponse']>>[0];

const APP = { id: 1, slug: 'sentinel', permissions: { issues: 'write' }, events: ['issues'] };

function connect(apiUrl = API) {
  const calls: Call[] = [];
  const onResponse = (call: Call) => calls.push(call);
  return { calls, github: connectGitHub({ appId: 1, privateKey, apiUrl, onResponse }) };
}

beforeEach(closeNetwork);
afterEach(() => {
  vi.useRealTimers();
  openNetwork();
});

describe('connectGitHub', () => {
  it('makes no call before one is needed', () => {
    const { calls, github } = connect();
    github.installation(7);
    expect(calls).toEqual([]);
  });

  it('signs in as the App, and asks who it is only once', async () => {
    const { github } = connect();
    nock(API, { reqheaders: { authorization: /^bearer eyJ/ } })
      .get('/app')
      .reply(200, APP, { date: 'Tue, 24 Nov 2026 12:00:00 GMT' });
    const [app, login] = await Promise.all([github.getApp(), github.installation(7).botLogin()]);
    expect(app).toEqual({
      slug: 'sentinel',
      permissions: { issues: 'write' },
      events: ['issues'],
      serverDate: new Date('2026-11-24T12:00:00Z'),
    });
    expect(login).toBe('sentinel[bot]');
  });

  it('asks again after an hour, for the App may have a new name', async () => {
    const { github } = connect();
    nock(API).get('/app').reply(200, APP);
    expect((await github.getApp()).slug).toBe('sentinel');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_001 });
    nock(API)
      .get('/app')
      .reply(200, { ...APP, slug: 'warden' });
    expect(await github.installation(7).botLogin()).toBe('warden[bot]');
  });

  it('asks again after it failed', async () => {
    const { github } = connect();
    nock(API).get('/app').reply(500, {});
    await expect(github.getApp()).rejects.toMatchObject({ status: 500 });
    nock(API).get('/app').reply(200, APP);
    expect((await github.getApp()).slug).toBe('sentinel');
  });

  it('says so when GitHub does not accept the credentials', async () => {
    const { github } = connect();
    nock(API).get('/app').reply(401, { message: 'Bad credentials' });
    await expect(github.getApp()).rejects.toMatchObject({
      name: 'CredentialsError',
      message: expect.stringContaining('credentials'),
    });
  });

  it('acts as an installation with one token for many calls, and tells of each', async () => {
    const { calls, github } = connect();
    nock(API)
      .post('/app/installations/7/access_tokens')
      .reply(201, { token: 'ghs_test', expires_at: '2099-01-01T00:00:00Z', permissions: {} });
    nock(API, { reqheaders: { authorization: 'token ghs_test' } })
      .get('/repos/octo/widgets')
      .times(2)
      .reply(200, {}, { 'x-ratelimit-remaining': '4999' });
    for (const _ of ['once', 'again']) {
      await github.installation(7).octokit.repos.get({ owner: 'octo', repo: 'widgets' });
    }
    const told = { method: 'GET', status: 200, installation: 7, remaining: 4999 };
    expect(calls.filter(({ method }) => method === 'GET')).toEqual([told, told]);
  });

  it('asks for another token once GitHub does not accept the one it has', async () => {
    const { github } = connect();
    const read = () => github.installation(7).octokit.repos.get({ owner: 'octo', repo: 'widgets' });
    const give = (token: string) =>
      nock(API)
        .post('/app/installations/7/access_tokens')
        .reply(201, { token, expires_at: '2099-01-01T00:00:00Z', permissions: {} });
    const answer = (token: string, status: number) =>
      nock(API, { reqheaders: { authorization: `token ${token}` } })
        .get('/repos/octo/widgets')
        .reply(status, {});
    give('ghs_first');
    answer('ghs_first', 200);
    await read();
    // Until a token is 5 s old, GitHub may just not know it yet; Octokit waits by itself.
    vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] });
    answer('ghs_first', 401);
    await expect(read()).rejects.toMatchObject({ status: 401 });
    give('ghs_second');
    answer('ghs_second', 200);
    expect((await read()).status).toBe(200);
  });

  it.each([
    ['a page for people', '<html>We will be back soon</html>', 'text/html'],
    ['half an answer', '[{"name": "bu', 'application/json'],
    ['nothing', '', 'text/plain'],
  ])('takes %s for no answer, whatever its status', async (_, body, type) => {
    const { calls, github } = connect();
    nock(API)
      .post('/app/installations/7/access_tokens')
      .reply(201, { token: 'ghs_test', expires_at: '2099-01-01T00:00:00Z', permissions: {} });
    nock(API)
      .post('/repos/octo/widgets/issues/1/labels')
      .reply(200, body, { 'content-type': type });
    const { octokit } = github.installation(7);
    const place = { owner: 'octo', repo: 'widgets', issue_number: 1 };
    await expect(octokit.issues.addLabels({ ...place, labels: ['bug'] })).rejects.toMatchObject({
      name: 'BrokenAnswerError',
      message: expect.stringContaining('POST /repos/octo/widgets/issues/1/labels'),
    });
    expect(calls.at(-1)).toMatchObject({ method: 'POST', status: 200 });
  });

  it('asks for a token again where the answer was none, instead of going on without', async () => {
    const { github } = connect();
    const ask = () => nock(API).post('/app/installations/7/access_tokens');
    const read = () => github.installation(7).octokit.repos.get({ owner: 'octo', repo: 'widgets' });
    ask().reply(201, '<html>We will be back soon</html>', { 'content-type': 'text/html' });
    await expect(read()).rejects.toMatchObject({ name: 'BrokenAnswerError' });
    ask().reply(201, { token: 'ghs_test', expires_at: '2099-01-01T00:00:00Z', permissions: {} });
    nock(API, { reqheaders: { authorization: 'token ghs_test' } })
      .get('/repos/octo/widgets')
      .reply(200, {});
    expect((await read()).status).toBe(200);
  });

  it('takes an empty answer for one where GitHub has nothing to say', async () => {
    const { github } = connect();
    nock(API)
      .post('/app/installations/7/access_tokens')
      .reply(201, { token: 'ghs_test', expires_at: '2099-01-01T00:00:00Z', permissions: {} });
    nock(API).delete('/repos/octo/widgets/issues/comments/1').reply(204);
    const { octokit } = github.installation(7);
    const place = { owner: 'octo', repo: 'widgets', comment_id: 1 };
    expect((await octokit.issues.deleteComment(place)).status).toBe(204);
  });

  it('tells of failed calls too', async () => {
    const { calls, github } = connect();
    nock(API).get('/app').reply(502, {});
    await github.getApp().catch(() => {});
    expect(calls).toEqual([{ method: 'GET', status: 502, installation: null, remaining: null }]);
  });

  it('has no installation wait for the writes of another', async () => {
    const api = 'https://api.github.com';
    const { github } = connect(api);
    const place = { owner: 'octo', repo: 'widgets', issue_number: 1, labels: ['bug'] };
    const installations = [1, 2, 3];
    let asked = 0;
    let all = () => {};
    const allAsked = new Promise<void>((resolve) => {
      all = resolve;
    });
    const writes = installations.map((id) => {
      nock(api)
        .post(`/app/installations/${id}/access_tokens`)
        .reply(201, { token: 'ghs_test', expires_at: '2099-01-01T00:00:00Z', permissions: {} });
      // None is answered before the others have asked.
      nock(api)
        .post('/repos/octo/widgets/issues/1/labels')
        .reply(200, async () => {
          asked += 1;
          if (asked === installations.length) all();
          await allAsked;
          return [];
        });
      return github.installation(id).octokit.issues.addLabels(place);
    });
    expect((await Promise.all(writes)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it.each([
    ['https://api.github.com', true],
    ['https://api.octo.ghe.com', true],
    ['https://github.example.org/api/v3', false],
  ])('leaves a second between two writes where GitHub asks for it: %s', async (api, waits) => {
    const { github } = connect(api);
    // Of its own: the limiter remembers an installation beyond a test.
    const { octokit } = github.installation(api.length * 1000);
    nock(api)
      .post(/access_tokens$/)
      .reply(201, { token: 'ghs_test', expires_at: '2099-01-01T00:00:00Z', permissions: {} });
    nock(api)
      .post(/\/labels$/)
      .times(2)
      .reply(200, []);
    const place = { owner: 'octo', repo: 'widgets', issue_number: 1, labels: ['bug'] };
    await octokit.issues.addLabels(place);
    const timers = vi.spyOn(globalThis, 'setTimeout');
    await octokit.issues.addLabels(place);
    const waited = timers.mock.calls.filter(([, ms]) => ms !== undefined && ms > 10 && ms <= 1000);
    timers.mockRestore();
    expect(waited).toHaveLength(waits ? 1 : 0);
  });
});

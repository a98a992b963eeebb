import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { verify } from '@octokit/webhooks-methods';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as github from '../support/github-emulator.js';

const SECRET = 'a secret of the tests';
const REPOSITORY = 'octo/widgets';
const PLACE = { owner: 'octo', repo: 'widgets' };

interface Received {
  readonly id: string;
  readonly event: string;
  readonly body: string;
  readonly signature: string;
}

const received: Received[] = [];
let server: Server;
let hub: github.GitHub;
let app: Octokit;
let ada: Octokit;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { headers } = request;
    received.push({
      id: String(headers['x-github-delivery']),
      event: String(headers['x-github-event']),
      signature: String(headers['x-hub-signature-256']),
      body: (await buffer(request)).toString('utf8'),
    });
    response.writeHead(202).end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  hub = await github.startGitHub({
    appWebhookUrl: github.webhookUrlAt((server.address() as AddressInfo).port),
    secret: SECRET,
    users: ['ada'],
    bots: ['helper[bot]'],
    repositories: [
      { ...PLACE, name: 'widgets', labels: [{ name: 'bug' }], files: { 'a/b.yml': 'x: 1\n' } },
    ],
  });
  ada = await hub.as('ada');
  app = new Octokit({
    authStrategy: createAppAuth,
    auth: { appId: hub.appId, privateKey: hub.privateKey, installationId: await installation() },
    baseUrl: hub.url,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
});

afterEach(() => hub.api.interfere(null));

afterAll(async () => {
  await hub?.close();
  server.close();
  server.closeAllConnections();
});

async function installation(): Promise<number> {
  const asApp = new Octokit({
    authStrategy: createAppAuth,
    auth: { appId: hub.appId, privateKey: hub.privateKey },
    baseUrl: hub.url,
  });
  const { data } = await asApp.rest.apps.getRepoInstallation(PLACE);
  return data.id;
}

async function arrivals(count: number): Promise<Received[]> {
  for (let tries = 0; received.length < count && tries < 200; tries += 1) await wait(10);
  return received;
}

describe('the emulated GitHub', () => {
  it('sends nothing before it is ready, and has labels and files in place', async () => {
    expect(hub.webhooks.deliveries).toEqual([]);
    const { data } = await app.rest.issues.listLabelsForRepo(PLACE);
    expect(data.map(({ name }) => name)).toEqual(['bug']);
    const file = await app.rest.repos.getContent({ ...PLACE, path: 'a/b.yml' });
    expect(file.data).toMatchObject({ content: Buffer.from('x: 1\n').toString('base64') });
  });

  it('gives each webhook its own id and a signature that holds', async () => {
    const before = received.length;
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => github.openIssue(ada, REPOSITORY, { title: `é ${n}` })),
    );
    const opened = (await arrivals(before + 20)).slice(before);
    expect(new Set(opened.map(({ id }) => id)).size).toBe(20);
    for (const { body, signature, event } of opened) {
      expect(event).toBe('issues');
      expect(JSON.parse(body)).toMatchObject({ action: 'opened', installation: { id: 4242000 } });
      expect(await verify(SECRET, body, signature)).toBe(true);
    }
  });

  it('shows who did what in the timeline', async () => {
    const { number } = await github.openIssue(ada, REPOSITORY, { title: 'A story' });
    await app.rest.issues.addLabels({ ...PLACE, issue_number: number, labels: ['bug'] });
    await github.removeLabel(ada, REPOSITORY, number, 'bug');
    await github.setLabels(ada, REPOSITORY, number, ['wontfix']);
    const events = await github.listTimeline(ada, REPOSITORY, number);
    expect(events.map(({ event, actor, label }) => [event, actor?.login, label?.name])).toEqual([
      ['opened', 'ada', undefined],
      ['labeled', 'sentinel[bot]', 'bug'],
      ['unlabeled', 'ada', 'bug'],
      ['labeled', 'ada', 'wontfix'],
    ]);
    expect(await github.labelsOf(ada, REPOSITORY, number)).toEqual(['wontfix']);
  });

  it('has bots that are bots', async () => {
    const bot = await hub.as('helper[bot]');
    const issue = await github.openIssue(bot, REPOSITORY, { title: 'From a bot' });
    expect(issue.user).toMatchObject({ login: 'helper[bot]', type: 'Bot' });
  });

  it('changes files', async () => {
    const maintainer = await hub.as(github.MAINTAINER);
    await github.putFile(maintainer, REPOSITORY, 'a/b.yml', 'x: 2\n');
    await github.putFile(maintainer, REPOSITORY, 'new.yml', 'y: 1\n');
    const { data } = await app.rest.repos.getContent({ ...PLACE, path: 'a/b.yml' });
    expect(data).toMatchObject({ content: Buffer.from('x: 2\n').toString('base64') });
  });
});

describe('the relay', () => {
  it('holds, releases and repeats', async () => {
    await wait(100);
    const before = received.length;
    hub.webhooks.hold();
    await github.openIssue(ada, REPOSITORY, { title: 'While the app is away' });
    await wait(100);
    expect(received).toHaveLength(before);
    hub.webhooks.release();
    const first = (await arrivals(before + 1)).at(-1);
    expect(await hub.webhooks.redeliver(first?.id ?? '').answered).toBe(202);
    expect(received.at(-1)).toEqual(first);
  });

  it('sends any event, also with a wrong signature', async () => {
    await hub.webhooks.send('ping', { zen: 'Keep it simple' }).answered;
    const ping = received.at(-1);
    expect(ping?.event).toBe('ping');
    expect(await verify(SECRET, ping?.body ?? '', ping?.signature ?? '')).toBe(true);
    await hub.webhooks.send('ping', {}, { id: 'forged', secret: 'another' }).answered;
    const forged = received.at(-1);
    expect(forged?.id).toBe('forged');
    expect(await verify(SECRET, forged?.body ?? '', forged?.signature ?? '')).toBe(false);
  });
});

describe('the proxy', () => {
  it('records what the app asks, and not what people do', async () => {
    const before = hub.api.requests.length;
    await github.getIssue(ada, REPOSITORY, 1);
    await app.rest.issues.get({ ...PLACE, issue_number: 1 });
    expect(hub.api.requests.slice(before)).toEqual([
      { method: 'GET', path: '/repos/octo/widgets/issues/1', body: '', status: 200 },
    ]);
  });

  it('answers in the place of GitHub', async () => {
    hub.api.interfere(() => ({ kind: 'answer', status: 403, headers: { 'retry-after': '1' } }));
    await expect(app.rest.issues.get({ ...PLACE, issue_number: 1 })).rejects.toMatchObject({
      status: 403,
      response: { headers: { 'retry-after': '1' } },
    });
  });

  it('drops a request before GitHub sees it', async () => {
    const { number } = await github.openIssue(ada, REPOSITORY, { title: 'Dropped' });
    hub.api.interfere(({ method }) => (method === 'POST' ? { kind: 'drop' } : undefined));
    const adding = app.rest.issues.addLabels({ ...PLACE, issue_number: number, labels: ['bug'] });
    await expect(adding).rejects.toThrow();
    expect(await github.labelsOf(ada, REPOSITORY, number)).toEqual([]);
  });

  it('loses an answer after GitHub has done the work', async () => {
    const { number } = await github.openIssue(ada, REPOSITORY, { title: 'Lost' });
    hub.api.interfere(({ method }) => (method === 'POST' ? { kind: 'lose-answer' } : undefined));
    const adding = app.rest.issues.addLabels({ ...PLACE, issue_number: number, labels: ['bug'] });
    await expect(adding).rejects.toThrow();
    expect(await github.labelsOf(ada, REPOSITORY, number)).toEqual(['bug']);
  });

  it('takes its time', async () => {
    hub.api.interfere(() => ({ kind: 'delay', ms: 120 }));
    const start = performance.now();
    await app.rest.issues.get({ ...PLACE, issue_number: 1 });
    expect(performance.now() - start).toBeGreaterThan(110);
  });
});

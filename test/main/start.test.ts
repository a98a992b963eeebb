import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Program, spawnProgram, temporaryFolder } from '../support/spawn-program.js';

const PEM = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs1', format: 'pem' })
  .toString();
const CREDENTIALS = {
  APP_ID: '12345',
  PRIVATE_KEY: PEM,
  WEBHOOK_SECRET: 'b7c1f0e29d384a5566778899aabbccdd',
};

let place: ReturnType<typeof temporaryFolder>;
let program: Program | undefined;
beforeEach(() => {
  place = temporaryFolder();
});
afterEach(async () => {
  await program?.end('SIGKILL');
  place.remove();
});

async function start(environment: Record<string, string>): Promise<Program> {
  program = await spawnProgram({ folder: place.folder, environment });
  return program;
}

describe('a start with bad settings', () => {
  it('ends with 1 and tells all of them, without a value', async () => {
    const { exited, output } = await start({
      APP_ID: 'hunter2',
      PRIVATE_KEY: 'hunter2',
      WEBHOOK_SECRET: 'changeme',
      LOG_LEVEL: 'hunter2',
      CONCURRENCY: '0',
    });
    expect(await exited).toBe(1);
    for (const name of ['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET', 'LOG_LEVEL', 'CONCURRENCY']) {
      expect(output()).toMatch(new RegExp(`^ {2}- ${name} `, 'm'));
    }
    expect(output()).not.toContain('hunter2');
    expect(output()).not.toContain('    at ');
    expect(readdirSync(place.folder)).toEqual([]);
  });

  it('ends with 1 when only some credentials are there', async () => {
    const { exited, output } = await start({ APP_ID: '12345' });
    expect(await exited).toBe(1);
    expect(output()).toContain('WEBHOOK_SECRET is missing');
  });

  it('ends with 1 when the database cannot be opened, and hides its password', async () => {
    const { exited, output } = await start({
      ...CREDENTIALS,
      DATABASE_URL: 'postgres://sentinel:hunter2@127.0.0.1:1/nowhere',
    });
    expect(await exited).toBe(1);
    expect(output()).toContain('Could not start');
    expect(output()).not.toContain('hunter2');
  });

  it('ends with 1 when its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { exited, output } = await start({ ...CREDENTIALS, PORT: String(port) });
    expect(await exited).toBe(1);
    expect(output()).toContain('EADDRINUSE');
    server.close();
  });
});

describe('a start without credentials', () => {
  it('serves the page that gets them, and is alive but not ready', async () => {
    const running = await start({});
    expect(await running.answers('/', 200)).toContain('<form');
    expect(await running.answers('/healthz', 200)).toContain('alive');
    expect(await running.answers('/readyz', 503)).toContain('No credentials yet');
    expect(running.output()).toContain('has no credentials yet');
    const webhook = await fetch(`${running.url}/api/github/webhooks`, { method: 'POST' });
    expect([404, 405]).toContain(webhook.status);
    expect(existsSync(path.join(place.folder, 'data'))).toBe(false);
    expect(await running.end('SIGTERM')).toBe(0);
  });
});

describe('a start right after the set-up', () => {
  const created = {
    id: 12345,
    slug: 'sentinel',
    html_url: 'https://github.com/apps/sentinel',
    webhook_secret: CREDENTIALS.WEBHOOK_SECRET,
    pem: PEM,
  };

  it('that fails ends with 1 and says why in words', async () => {
    const api = createServer((_, response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(JSON.stringify(created));
    }).listen(0, '127.0.0.1');
    await once(api, 'listening');
    const address = api.address();
    const running = await start({
      GITHUB_API_URL: `http://127.0.0.1:${typeof address === 'object' && address?.port}`,
      DATABASE_URL: 'postgres://sentinel:hunter2@127.0.0.1:1/nowhere',
    });
    await running.answers('/healthz', 200);
    const body = new URLSearchParams({ name: 'Sentinel', webhookUrl: 'https://bot.example.org' });
    const review = await fetch(`${running.url}/setup`, { method: 'POST', body });
    const [, state = ''] = /state=([\w-]+)/.exec(await review.text()) ?? [];
    const back = await fetch(`${running.url}/setup/callback?code=once&state=${state}`);
    expect(await back.text()).toContain('Connected');
    expect(await running.exited).toBe(1);
    expect(running.output()).toContain(
      'Could not start: StoreError: postgres://127.0.0.1:1/nowhere',
    );
    expect(running.output()).not.toContain('    at ');
    api.close();
  });
});

describe('a start with credentials', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('gets ready, and ends with 0 at %s', async (signal) => {
    const running = await start(CREDENTIALS);
    expect(await running.answers('/readyz', 200)).toContain('ready');
    expect(existsSync(path.join(place.folder, 'data', 'sentinel.sqlite'))).toBe(true);
    // Off unless a password or DASHBOARD=open says otherwise.
    const opened = await fetch(running.url);
    expect([opened.status, new URL(opened.url).pathname]).toEqual([404, '/decisions']);
    expect(await opened.text()).toContain('The dashboard is off');
    expect(await running.end(signal)).toBe(0);
    expect(running.output()).not.toContain('PRIVATE KEY');
    expect(running.output()).not.toContain(CREDENTIALS.WEBHOOK_SECRET);
  });

  it('ends with 0 although someone keeps a connection open and sends nothing', async () => {
    const running = await start(CREDENTIALS);
    await running.answers('/readyz', 200);
    // Browsers and load balancers connect ahead of what they may send.
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
    await once(socket, 'connect');
    expect(await running.end('SIGTERM')).toBe(0);
    socket.destroy();
  });

  it('ends with 0 at once when told to while it starts', async () => {
    const running = await start(CREDENTIALS);
    await running.answers('/healthz', 200);
    expect(await running.end('SIGTERM')).toBe(0);
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createSetup, type SetupOptions } from '../../src/dashboard/create-setup.js';

const { privateKey: PEM } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const CONVERTED = {
  id: 4711,
  slug: 'sentinel-octo',
  html_url: 'https://github.com/apps/sentinel-octo',
  webhook_secret: 'a-webhook-secret',
  client_secret: 'a-client-secret',
  pem: PEM,
};
const ORIGIN = 'http://localhost:3000';
let envFile: string;
let clock: number;

beforeEach(async () => {
  envFile = path.join(await mkdtemp(path.join(tmpdir(), 'sentinel-setup-')), '.env');
  clock = Date.UTC(2026, 10, 24);
});

function setup(over: Partial<SetupOptions> = {}) {
  const fetch = vi.fn(async () => Response.json(CONVERTED, { status: 201 }));
  const onConfigured = vi.fn();
  const app = createSetup({
    envFile,
    githubWebUrl: 'https://github.com',
    githubApiUrl: 'https://api.github.com',
    webhookPath: '/api/github/webhooks',
    onConfigured,
    fetch,
    now: () => clock,
    ...over,
  });
  const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.request(`${ORIGIN}/setup`, {
      method: 'POST',
      headers: { host: 'localhost:3000', origin: ORIGIN, ...headers },
      body: new URLSearchParams(fields),
    });
  const callback = (code: string, state: string) =>
    app.request(`${ORIGIN}/setup/callback?${new URLSearchParams({ code, state })}`);
  return { app, fetch, onConfigured, post, callback };
}

const FIELDS = {
  name: 'sentinel-octo',
  webhookUrl: 'https://sentinel.example.org',
  organisation: '',
};

async function stateOf(response: Response): Promise<string> {
  return /state=([A-Za-z0-9_-]+)/.exec(await response.text())?.[1] ?? '';
}

describe('the form', () => {
  it('posts the manifest to the owner chosen', async () => {
    const { post } = setup();
    const mine = await (await post(FIELDS)).text();
    expect(mine).toContain('action="https://github.com/settings/apps/new?state=');
    const theirs = await (await post({ ...FIELDS, organisation: 'octo-org' })).text();
    expect(theirs).toContain('https://github.com/organizations/octo-org/settings/apps/new?state=');
    const json = /name="manifest" value="([^"]+)"/.exec(mine)?.[1]?.replaceAll('&quot;', '"') ?? '';
    expect(JSON.parse(json)).toMatchObject({
      name: 'sentinel-octo',
      hook_attributes: { url: 'https://sentinel.example.org/api/github/webhooks', active: true },
      redirect_url: `${ORIGIN}/setup/callback`,
      default_events: ['issues', 'label', 'pull_request', 'repository'],
      public: false,
    });
  });

  it('tells all problems together and keeps what was typed, escaped', async () => {
    const response = await setup().post({
      name: '"><script>',
      webhookUrl: 'http://192.168.1.4/',
      organisation: '../x',
    });
    const page = await response.text();
    expect(response.status).toBe(400);
    expect(page.match(/aria-invalid="true"/g)).toHaveLength(3);
    expect(page).not.toContain('<script');
  });

  it.each([
    'http://sentinel.example.org',
    'https://10.1.2.3',
    'https://sentinel.internal',
    'https://localhost',
  ])('refuses %s for github.com', async (webhookUrl) => {
    const page = await (await setup().post({ ...FIELDS, webhookUrl })).text();
    expect(page).toContain('aria-invalid="true"');
  });

  it('takes addresses of its network for a GitHub Enterprise Server, this machine apart', async () => {
    const server = setup({
      githubWebUrl: 'https://github.corp.internal',
      githubApiUrl: 'https://github.corp.internal/api/v3',
    });
    for (const webhookUrl of ['https://10.1.2.3', 'https://sentinel.internal', 'http://sentinel']) {
      const response = await server.post({ ...FIELDS, webhookUrl });
      expect([webhookUrl, response.status]).toEqual([webhookUrl, 200]);
    }
    expect((await server.post({ ...FIELDS, webhookUrl: 'http://localhost:3000' })).status).toBe(
      400,
    );
  });

  it('keeps a path that was typed', async () => {
    const page = await (
      await setup().post({ ...FIELDS, webhookUrl: 'https://relay.example/abc' })
    ).text();
    expect(page).toContain('<code>https://relay.example/abc</code>');
  });
});

describe('hosts and origins', () => {
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '203.0.113.9'])(
    'refuses Host %s',
    async (host) => {
      const response = await setup().app.request(`${ORIGIN}/`, { headers: { host } });
      expect(response.status).toBe(403);
    },
  );

  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000'])('accepts Host %s', async (host) => {
    expect((await setup().app.request(`${ORIGIN}/`, { headers: { host } })).status).toBe(200);
  });

  it.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'])(
    'refuses what came through a tunnel or proxy that says localhost: %s',
    async (name) => {
      const headers = { host: 'localhost:3000', [name]: '203.0.113.9' };
      expect((await setup().app.request(`${ORIGIN}/`, { headers })).status).toBe(403);
    },
  );

  it.each(['https://evil.example', 'null'])('refuses a form from %s', async (origin) => {
    expect((await setup().post(FIELDS, { origin })).status).toBe(403);
  });
});

describe('the callback', () => {
  it('writes the credentials, says where to install, and shows no secret', async () => {
    const { post, callback, fetch, onConfigured } = setup();
    const response = await callback('the-code', await stateOf(await post(FIELDS)));
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('https://github.com/apps/sentinel-octo/installations/new');
    expect(fetch).toHaveBeenCalledWith(
      'https://api.github.com/app-manifests/the-code/conversions',
      expect.objectContaining({ method: 'POST' }),
    );
    expect(parseEnv(await readFile(envFile, 'utf8'))).toEqual({
      APP_ID: '4711',
      PRIVATE_KEY: PEM.trim(),
      WEBHOOK_SECRET: 'a-webhook-secret',
    });
    expect(onConfigured).toHaveBeenCalledOnce();
    for (const secret of ['a-webhook-secret', 'a-client-secret', 'BEGIN RSA']) {
      expect(page).not.toContain(secret);
    }
  });

  it('takes a state once, for an hour, and no other', async () => {
    const { post, callback, fetch } = setup();
    const used = await stateOf(await post(FIELDS));
    expect((await callback('a', used)).status).toBe(200);
    expect((await callback('a', used)).status).toBe(400);
    const stale = await stateOf(await post(FIELDS));
    clock += 3_600_001;
    expect((await callback('a', stale)).status).toBe(400);
    expect((await callback('a', 'made-up')).status).toBe(400);
    expect(fetch).toHaveBeenCalledOnce();
  });

  it.each([
    ['an unknown code', () => new Response('{}', { status: 404 }), 'does not know this code'],
    [
      'an answer that lacks the key',
      () => Response.json({ ...CONVERTED, pem: undefined }),
      'lacks pem',
    ],
    ['an outage', () => new Response('a-secret', { status: 503 }), 'status 503'],
  ])('explains %s and writes nothing', async (_, answer, text) => {
    const { post, callback } = setup({ fetch: async () => answer() });
    const response = await callback('a', await stateOf(await post(FIELDS)));
    const page = await response.text();
    expect(response.status).toBe(502);
    expect(page).toContain(text);
    expect(page).not.toMatch(/a-secret|a-webhook-secret/);
    expect(await readdir(path.dirname(envFile))).toEqual([]);
  });

  it('does not spend the code when the file cannot be written', async () => {
    const { post, callback, fetch } = setup({ envFile: path.join(envFile, 'no/such/folder') });
    const response = await callback('a', await stateOf(await post(FIELDS)));
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('ENOENT');
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each(['http', 'https'])('never leads to an address that is not GitHub: %s', async (scheme) => {
    const html_url = `${scheme}://evil.example/x`;
    const { post, callback } = setup({
      fetch: async () => Response.json({ ...CONVERTED, html_url }),
    });
    const page = await (await callback('a', await stateOf(await post(FIELDS)))).text();
    expect(page).not.toContain('evil.example');
  });
});

import type { Kysely } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DashboardAccess } from '../../src/dashboard/access.js';
import { createDashboard } from '../../src/dashboard/create-dashboard.js';
import type { Database } from '../../src/store/schema.js';
import { decisionRow, memoryDatabase, PLAN } from './memory-database.js';

const NOW = Date.UTC(2026, 10, 24, 14);
let database: Kysely<Database>;

beforeEach(async () => {
  database = await memoryDatabase();
});

function dashboard(
  access: DashboardAccess = { kind: 'open' },
  dead = 0,
  onError: (error: Error) => void = () => {},
) {
  return createDashboard({
    database,
    queue: {
      counts: async () => ({ ready: 3, delayed: 1, running: 2, dead, oldestReadyMs: 0 }),
    },
    access,
    githubWebUrl: 'https://github.com',
    onError,
    now: () => NOW,
  });
}

async function text(path: string, app = dashboard()): Promise<string> {
  const response = await app.request(`http://localhost${path}`);
  expect(response.status).toBe(200);
  return response.text();
}

describe('GET /decisions', () => {
  it('shows a decision with its scores, reasons and times', async () => {
    await database.insertInto('decisions').values(decisionRow()).execute();
    const page = await text('/decisions');
    for (const part of [
      'Crash when the window is resized',
      'href="https://github.com/octo/widgets/issues/12"',
      '<span class="chip applied">labelled</span>',
      'type: bug',
      '94.1 %',
      'It reads like a bug report',
      '2 hours ago',
      '38 ms',
      '<span class="whole">issue-encoder</span> <span class="whole">2026.11.24</span>',
    ]) {
      expect(page).toContain(part);
    }
  });

  it('heads each decision below the page without a level left out', async () => {
    await database.insertInto('decisions').values(decisionRow()).execute();
    const levels = [...(await text('/decisions')).matchAll(/<h(\d)/g)].map(([, level]) => level);
    expect(levels).toEqual(['1', '2']);
  });

  it('escapes hostile text wherever it comes from', async () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'';
    const plan = { ...PLAN, addLabels: [evil], reasons: [{ code: 'x', text: evil }], model: evil };
    await database
      .insertInto('decisions')
      .values(
        decisionRow({ title: evil, repository: evil, event: evil, outcome: evil, url: evil, plan }),
      )
      .execute();
    await database
      .insertInto('configurations')
      .values({
        repository: evil,
        good: null,
        errors: JSON.stringify([{ file: evil, line: 1, key: evil, message: evil }]),
        source: null,
        checked_at: NOW,
      })
      .execute();
    const page = await text(`/decisions?repository=${encodeURIComponent(evil)}`);
    expect(page).not.toMatch(/<script|<img/);
    expect(page).toContain('&lt;script&gt;');
  });

  it.each([
    'javascript:alert(1)',
    'http://github.com/a',
    'data:text/html,x',
    'https://u:p@github.com/',
    'https://github.com.evil.example/',
    'https://evil.example/',
  ])('does not link to %s', async (url) => {
    await database.insertInto('decisions').values(decisionRow({ url })).execute();
    expect(await text('/decisions')).not.toContain(`href="${url}`);
  });

  it('survives records it cannot read', async () => {
    await database
      .insertInto('decisions')
      .values(decisionRow({ plan: '{not json' }))
      .execute();
    expect(await text('/decisions')).toContain('The record of this decision can');
  });

  it('shows configuration problems with file, line and key', async () => {
    const errors = [
      {
        file: '.github/sentinel.yml',
        line: 4,
        key: 'thresholds.bug',
        message: 'must be at most 1',
      },
    ];
    await database
      .insertInto('configurations')
      .values({
        repository: 'octo/widgets',
        good: '{"mode":"shadow"}',
        errors: JSON.stringify(errors),
        source: null,
        checked_at: NOW,
      })
      .execute();
    const page = await text('/decisions');
    expect(page).toContain('.github/sentinel.yml:4');
    expect(page).toContain('thresholds.bug');
    expect(page).toContain(
      'the last good configuration stays in use: <code>mode: shadow</code>; checked',
    );
  });

  it.each([
    ['never was good', null],
    ['was good in a version that had other keys', '{"mode":"whisper"}'],
    ['cannot be read any more', '{'],
  ])('says that the defaults put labels on where a configuration %s', async (_, good) => {
    const errors = '[{"file":"sentinel.yml","line":1,"key":"mode","message":"is wrong"}]';
    await database
      .insertInto('configurations')
      .values({ repository: 'octo/widgets', good, errors, source: null, checked_at: NOW })
      .execute();
    expect(await text('/decisions')).toContain(
      'so the defaults are in use: <code>mode: apply</code>, labels are put on; checked',
    );
  });

  it('offers each of more than a thousand repositories to filter by', async () => {
    const rows = Array.from({ length: 1001 }, (_, n) =>
      decisionRow({ delivery_id: `d${n}`, repository: `many/r${String(n).padStart(4, '0')}` }),
    );
    await database.insertInto('decisions').values(rows).execute();
    expect(await text('/decisions')).toContain('<option value="many/r1000">');
  });

  it('gives each of its navigations a name of its own', async () => {
    await database.insertInto('decisions').values(decisionRow()).execute();
    const names = (await text('/decisions')).match(/(?<=<nav[^>]*aria-label=")[^"]+/g) ?? [];
    expect(names).toHaveLength(3);
    expect(new Set(names).size).toBe(3);
  });

  it('says what to do about dead letters', async () => {
    const page = await text('/decisions', dashboard({ kind: 'open' }, 2));
    expect(page).toContain('2 dead letters');
    expect(page).toContain('sentinel queue retry ID');
  });

  it('answers a filter that is none with 400', async () => {
    const app = dashboard();
    for (const query of ['outcome=nonsense', 'before=x', 'limit=0']) {
      expect((await app.request(`http://localhost/decisions?${query}`)).status).toBe(400);
      expect((await app.request(`http://localhost/decisions.json?${query}`)).status).toBe(400);
    }
  });
});

describe('GET /', () => {
  it.each<DashboardAccess>([
    { kind: 'open' },
    { kind: 'password', password: 'secret' },
    { kind: 'off' },
  ])('leads to the decisions, which say how to get in: $kind', async (access) => {
    const response = await dashboard(access).request('http://localhost/');
    // 301 would be remembered by browsers past the next set-up.
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/decisions');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('GET /decisions.json', () => {
  it('filters and pages without losing or repeating a decision', async () => {
    const rows = Array.from({ length: 7 }, (_, index) =>
      decisionRow({
        delivery_id: `d${index}`,
        repository: index === 0 ? 'octo/other' : 'octo/widgets',
        outcome: index === 1 ? 'kept' : 'applied',
        // Equal times: the delivery id settles the order.
        decided_at: NOW - Math.floor(index / 3) * 1000,
      }),
    );
    await database.insertInto('decisions').values(rows).execute();
    const seen: string[] = [];
    let before = '';
    do {
      const query = new URLSearchParams({ repository: 'octo/widgets', outcome: 'applied', before });
      const body = JSON.parse(await text(`/decisions.json?limit=2&${query}`));
      seen.push(...body.decisions.map((one: { deliveryId: string }) => one.deliveryId));
      before = body.older ?? '';
    } while (before !== '');
    expect(seen).toEqual(['d2', 'd5', 'd4', 'd3', 'd6']);
  });

  it('gives plan and applied as data', async () => {
    await database
      .insertInto('decisions')
      .values(decisionRow({ applied: '{"added":["type: bug"]}' }))
      .execute();
    const body = JSON.parse(await text('/decisions.json'));
    expect(body.decisions).toEqual([
      {
        deliveryId: 'delivery-1',
        repository: 'octo/widgets',
        issue: 12,
        title: 'Crash when the window is resized',
        url: 'https://github.com/octo/widgets/issues/12',
        event: 'issues.opened',
        outcome: 'applied',
        durationMs: 38,
        decidedAt: '2026-11-24T12:00:00.000Z',
        plan: PLAN,
        applied: { added: ['type: bug'] },
      },
    ]);
  });
});

describe('while the database is away', () => {
  it.each(['/decisions', '/labels', '/decisions.json', '/labels.json'])(
    '%s says so to whoever may look, under the same strict headers',
    async (path) => {
      await database.destroy();
      const errors: Error[] = [];
      const app = dashboard({ kind: 'open' }, 0, (error) => errors.push(error));
      const response = await app.request(`http://localhost${path}`);
      expect(response.status).toBe(503);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.text()).toContain('/readyz and the log say more');
      expect(errors).toHaveLength(1);
    },
  );
});

describe('access', () => {
  const basic = (password: string) => ({
    authorization: `Basic ${Buffer.from(`anyone:${password}`).toString('base64')}`,
  });

  it('lets the password in under any user name and nothing else', async () => {
    const app = dashboard({ kind: 'password', password: 'páss:word' });
    const ask = async (headers: Record<string, string>) =>
      (await app.request('http://sentinel.example.org/decisions.json', { headers })).status;
    expect(await ask(basic('páss:word'))).toBe(200);
    expect(await ask(basic('páss:wor'))).toBe(401);
    expect(await ask({ authorization: 'Basic ???' })).toBe(401);
    expect(await ask({})).toBe(401);
  });

  it('asks browsers for it, with the same strict headers as any page', async () => {
    const app = dashboard({ kind: 'password', password: 'secret' });
    const response = await app.request('http://sentinel.example.org/decisions');
    expect(response.headers.get('www-authenticate')).toContain('Basic');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).not.toContain('secret');
  });

  it('refuses an empty password', () => {
    expect(() => dashboard({ kind: 'password', password: '' })).toThrow(RangeError);
  });

  it('is not found while off, and says how to switch it on', async () => {
    const response = await dashboard({ kind: 'off' }).request('http://localhost/decisions');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('DASHBOARD_PASSWORD');
  });

  it.each([
    ['another host', { host: 'evil.example' }, undefined],
    ['a tunnel', { host: 'localhost', 'x-forwarded-for': '203.0.113.9' }, undefined],
    ['another peer', { host: 'localhost' }, '203.0.113.9'],
  ])('open refuses %s', async (_, headers, remoteAddress) => {
    const bindings = remoteAddress ? { incoming: { socket: { remoteAddress } } } : undefined;
    const response = await dashboard().request('http://localhost/decisions', { headers }, bindings);
    expect(response.status).toBe(403);
  });
});

import { createHmac, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WEBHOOK_PATH } from '../../src/webhook/receive-delivery.js';
import {
  headersFor,
  type OpenReceipt,
  openedPayload,
  openReceipt,
  SECRET,
  signatureOf,
} from '../support/open-receipt.js';

let receipt: OpenReceipt;
beforeAll(async () => {
  receipt = await openReceipt();
});
afterAll(() => receipt?.close());

const BODY = JSON.stringify(openedPayload());

async function post(body: string | Buffer, change: Record<string, string | null> = {}) {
  const response = await receipt.app.request(WEBHOOK_PATH, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: headersFor(body, change),
  });
  const answer = (await response.json()) as { result?: string; error?: string };
  return { status: response.status, ...answer };
}

describe('a signed delivery', () => {
  it('is stored before it is answered, and known when it comes again', async () => {
    const id = randomUUID();
    const delivery = { 'x-github-delivery': id };
    expect(await post(BODY, delivery)).toEqual({ status: 202, result: 'queued' });
    expect(await receipt.stored(id)).toBe(BODY);
    expect(await post(BODY, delivery)).toEqual({ status: 202, result: 'duplicate' });
    const listed = await receipt.queue.list({ limit: 10 });
    expect(listed.filter((queued) => queued.id === id)).toMatchObject([
      { event: 'issues.opened', key: 'octo/widgets#1', state: 'ready' },
    ]);
  });

  it.each([
    ['spaces and line ends', JSON.stringify(openedPayload(), null, 2)],
    ['escapes', BODY.replace('It crashes', 'It \\u0063rashes\\u0000 \\ud83d \\/')],
    ['every script', BODY.replace('It crashes', 'Ünïcode 漢字 🐛 \u202e مرحبا')],
    ['numbers past what JavaScript holds', BODY.replace('{', '{"big":12345678901234567890.10,')],
  ])('is stored to the byte: %s', async (_, body) => {
    const id = randomUUID();
    expect(await post(body, { 'x-github-delivery': id })).toMatchObject({ status: 202 });
    expect(await receipt.stored(id)).toBe(body);
  });

  it('may come as a form; the JSON inside is stored', async () => {
    const id = randomUUID();
    const json = JSON.stringify(openedPayload(3, 'a+b & c=d % 漢字'));
    const body = new URLSearchParams({ payload: json }).toString();
    const form = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-github-delivery': id,
    };
    expect(await post(body, form)).toMatchObject({ status: 202, result: 'queued' });
    expect(await receipt.stored(id)).toBe(json);
  });

  it.each([
    ['another event', { 'x-github-event': 'push' }, openedPayload()],
    ['a ping', { 'x-github-event': 'ping' }, { zen: 'Design for failure.' }],
    ['an action nobody handles', {}, { ...openedPayload(), action: 'pinned' }],
    ['no installation', {}, { ...openedPayload(), installation: undefined }],
    ['a list', {}, []],
    ['no issue number', {}, { ...openedPayload(), issue: { number: -1 } }],
    ['a pull request', {}, { ...openedPayload(), issue: { number: 2, pull_request: {} } }],
    [
      'an edit by a bot',
      {},
      { ...openedPayload(), action: 'edited', sender: { login: 'x[bot]', type: 'Bot' } },
    ],
  ])('that needs no work is ignored and not stored: %s', async (_, headers, payload) => {
    const id = randomUUID();
    const answer = await post(JSON.stringify(payload), { ...headers, 'x-github-delivery': id });
    expect(answer).toEqual({ status: 202, result: 'ignored' });
    expect(await receipt.stored(id)).toBeUndefined();
  });
});

describe('what is not a delivery', () => {
  it.each<[string, number, string, Record<string, string | null>]>([
    ['no id', 400, BODY, { 'x-github-delivery': null }],
    ['an id with spaces', 400, BODY, { 'x-github-delivery': 'a b' }],
    ['an endless id', 400, BODY, { 'x-github-delivery': 'a'.repeat(101) }],
    ['no event', 400, BODY, { 'x-github-event': null }],
    ['an event with a path', 400, BODY, { 'x-github-event': '../issues' }],
    ['no JSON', 400, '{"action":', {}],
    ['two JSON texts', 400, '{}{}', {}],
    [
      'a form without a payload',
      400,
      'a=b',
      { 'content-type': 'application/x-www-form-urlencoded' },
    ],
    ['no content type', 415, BODY, { 'content-type': 'text/plain' }],
    ['XML', 415, BODY, { 'content-type': 'application/xml' }],
    ['no signature', 401, BODY, { 'x-hub-signature-256': null }],
    ['an empty signature', 401, BODY, { 'x-hub-signature-256': '' }],
    ['a word as signature', 401, BODY, { 'x-hub-signature-256': 'sha256' }],
    [
      'wrong bytes of the right length',
      401,
      BODY,
      { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
    ],
    ['another secret', 401, BODY, { 'x-hub-signature-256': signatureOf(BODY, `${SECRET}x`) }],
    [
      'a signature without its prefix',
      401,
      BODY,
      { 'x-hub-signature-256': signatureOf(BODY).slice(7) },
    ],
    [
      'a signature with more behind it',
      401,
      BODY,
      { 'x-hub-signature-256': `${signatureOf(BODY)}0` },
    ],
    [
      'an upper-case signature',
      401,
      BODY,
      { 'x-hub-signature-256': signatureOf(BODY).toUpperCase() },
    ],
    ['characters beyond ASCII', 401, BODY, { 'x-hub-signature-256': `sha256=${'é'.repeat(64)}` }],
    [
      'the old SHA-1 signature alone',
      401,
      BODY,
      {
        'x-hub-signature-256': null,
        'x-hub-signature': `sha1=${createHmac('sha1', SECRET).update(BODY).digest('hex')}`,
      },
    ],
    [
      'the signature of another body',
      401,
      `${BODY} `,
      { 'x-hub-signature-256': signatureOf(BODY) },
    ],
    ['an empty body', 401, '', {}],
  ])('is refused: %s → %d', async (_, status, body, headers) => {
    const id =
      headers['x-github-delivery'] === undefined ? { 'x-github-delivery': randomUUID() } : {};
    const answer = await post(body, { ...id, ...headers });
    expect(answer.status).toBe(status);
    expect(answer.error).toBeTruthy();
  });

  it('is refused when one bit of the body or of the signature differs', async () => {
    const before = (await receipt.queue.counts()).ready;
    const bit = fc.record({ at: fc.nat(), flip: fc.constantFrom(1, 2, 4, 8, 16) });
    await fc.assert(
      fc.asyncProperty(bit, fc.boolean(), async ({ at, flip }, inBody) => {
        const bytes = Buffer.from(inBody ? BODY : signatureOf(BODY));
        const index = inBody ? at % bytes.length : 7 + (at % 64);
        bytes.writeUInt8(bytes.readUInt8(index) ^ flip, index);
        const body = inBody ? bytes : BODY;
        const signature = inBody ? signatureOf(BODY) : bytes.toString('latin1');
        if (!/^[\x21-\x7e]+$/.test(signature)) return;
        expect((await post(body, { 'x-hub-signature-256': signature })).status).toBe(401);
      }),
    );
    expect((await receipt.queue.counts()).ready).toBe(before);
  });

  it('says nothing about the secret or the signature it expected', async () => {
    const answer = await post(BODY, { 'x-hub-signature-256': 'sha256=0' });
    expect(JSON.stringify(answer)).not.toContain(SECRET);
    expect(JSON.stringify(answer)).not.toContain(signatureOf(BODY).slice(7));
  });

  it('is answered 404 elsewhere and for other methods', async () => {
    expect((await receipt.app.request(WEBHOOK_PATH)).status).toBe(404);
    expect((await receipt.app.request('/', { method: 'POST' })).status).toBe(404);
  });
});

describe('the counts', () => {
  it('tell what became of deliveries, without letting strangers make up events', async () => {
    await post(BODY, { 'x-github-event': 'made_up_event', 'x-hub-signature-256': 'sha256=0' });
    const text = await receipt.metrics.registry.metrics();
    expect(text).toMatch(/sentinel_deliveries_total\{event="issues",result="queued"\} [1-9]/);
    expect(text).toMatch(/sentinel_deliveries_total\{event="unknown",result="rejected"\} [1-9]/);
    expect(text).not.toContain('made_up_event');
  });
});

it('a store that is down is told as 503, and the delivery can be sent again', async () => {
  const down = await openReceipt();
  await down.store.close();
  const response = await down.app.request(WEBHOOK_PATH, {
    method: 'POST',
    body: BODY,
    headers: headersFor(BODY),
  });
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ error: expect.stringContaining('send it again') });
  await down.close();
});

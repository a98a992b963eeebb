import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { NewDelivery } from '../../src/queue/queue.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { createReceipt, WEBHOOK_PATH } from '../../src/webhook/receive-delivery.js';
import { headersFor, SECRET } from '../support/open-receipt.js';

const FORM = 'application/x-www-form-urlencoded';
const GITHUB_WAITS_MS = 10_000;
type Enqueue = (delivery: NewDelivery) => Promise<'queued' | 'duplicate'>;

/** A receipt that hands every delivery to the given function. */
function aReceipt(enqueue: Enqueue) {
  const metrics = createMetrics();
  const logger = createLogger('silent');
  const route = () => ({ event: 'issues.opened', key: 'octo/widgets#1' });
  const app = createReceipt({ secret: SECRET, route, enqueue, metrics, logger });
  const send = async (body: string, change: Readonly<Record<string, string | null>> = {}) =>
    app.request(WEBHOOK_PATH, { method: 'POST', body, headers: headersFor(body, change) });
  const counted = async () =>
    (await metrics.deliveries.get()).values.map(({ labels }) => labels.result);
  return { send, counted };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a delivery', () => {
  it('is answered only once it is on disk', async () => {
    const order: string[] = [];
    const { send } = aReceipt(async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      order.push('stored');
      return 'queued';
    });
    const answer = await send('{}');
    order.push('answered');
    expect(answer.status).toBe(202);
    expect(order).toEqual(['stored', 'answered']);
  });

  it.each(['queued', 'duplicate'] as const)('is answered 202 and counted as %s', async (result) => {
    const { send, counted } = aReceipt(async () => result);
    const answer = await send('{}');
    expect([answer.status, await answer.json()]).toEqual([202, { result }]);
    expect(await counted()).toEqual([result]);
  });

  it('is answered 503 when it could not be stored, and strangers are not told why', async () => {
    const { send, counted } = aReceipt(async () => Promise.reject(new Error('disk full')));
    const answer = await send('{}');
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain('disk full');
    expect(await counted()).toEqual(['unavailable']);
  });

  it('is answered 503 when storing throws at once', async () => {
    const { send } = aReceipt(() => {
      throw new Error('closed');
    });
    expect((await send('{}')).status).toBe(503);
  });

  it('is answered 503 before GitHub stops waiting for a store that hangs', async () => {
    let entered = () => {};
    const storing = new Promise<void>((resolve) => {
      entered = resolve;
    });
    let fail: (error: Error) => void = () => {};
    const { send } = aReceipt(() => {
      entered();
      return new Promise((_, reject) => {
        fail = reject;
      });
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answering = send('{}');
    await storing;
    await vi.advanceTimersByTimeAsync(GITHUB_WAITS_MS - 1000);
    expect((await answering).status).toBe(503);
    // What fails after the answer must not end the process as an unhandled rejection.
    fail(new Error('too late'));
    await new Promise(setImmediate);
  });

  it('is stored character for character, as JSON or inside a form, whatever it says', async () => {
    const stored: string[] = [];
    const { send } = aReceipt(async ({ payload }) => {
      stored.push(payload);
      return 'queued';
    });
    const json = fc.json({ stringUnit: 'grapheme' });
    const space = fc.constantFrom('', ' ', '\n', '\r\n\t');
    await fc.assert(
      fc.asyncProperty(json, space, space, async (text, before, after) => {
        const body = `${before}${text}${after}`;
        const form = new URLSearchParams({ payload: body }).toString();
        expect((await send(body)).status).toBe(202);
        expect((await send(form, { 'content-type': FORM })).status).toBe(202);
        expect(stored.splice(0)).toEqual([body, body]);
      }),
    );
  });

  it.each(['application/json; charset=utf-8', 'Application/JSON', 'application/json;x=y'])(
    'may call its content type "%s"',
    async (type) => {
      const { send } = aReceipt(async () => 'queued');
      expect((await send('{}', { 'content-type': type })).status).toBe(202);
    },
  );
});

it('a body that says it is larger than 25 MB is answered 413 and never stored', async () => {
  const enqueue = vi.fn<Enqueue>(async () => 'queued');
  const { send, counted } = aReceipt(enqueue);
  const answer = await send('{}', { 'content-length': String(25 * 1024 * 1024 + 1) });
  expect(answer.status).toBe(413);
  expect(enqueue).not.toHaveBeenCalled();
  expect(await counted()).toEqual(['rejected']);
});

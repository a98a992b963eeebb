import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HANDLERS, routeDelivery } from '../../src/handlers/table.js';
import { WEBHOOK_PATH } from '../../src/webhook/receive-delivery.js';
import { headersFor, type OpenReceipt, openReceipt } from '../support/open-receipt.js';

interface Example {
  readonly action?: string;
  readonly issue?: { readonly number: number };
  readonly repository?: { readonly full_name: string };
}

/** Payloads that GitHub really sent, as published by Octokit. */
const published = createRequire(import.meta.url)(
  '@octokit/webhooks-examples/api.github.com/index.json',
) as readonly { readonly name: string; readonly examples: readonly Example[] }[];
const cases = published.flatMap(({ name, examples }) =>
  examples.map((payload, index) => ({
    name,
    index,
    payload: { installation: { id: 7 }, ...payload },
  })),
);
const issues = cases.filter(({ name }) => name === 'issues');
const handled = new Set(HANDLERS.map(({ event }) => event));

let receipt: OpenReceipt;
beforeAll(async () => {
  receipt = await openReceipt();
});
afterAll(() => receipt?.close());

async function post(event: string, id: string, payload: object) {
  const body = JSON.stringify(payload);
  const response = await receipt.app.request(WEBHOOK_PATH, {
    method: 'POST',
    body,
    headers: headersFor(body, { 'x-github-event': event, 'x-github-delivery': id }),
  });
  return { status: response.status, answer: await response.json() };
}

describe('payloads that GitHub really sent', () => {
  it('are there, with every issues action Sentinel handles', () => {
    expect(cases.length).toBeGreaterThan(200);
    const events = new Set(cases.map(({ name, payload }) => `${name}.${payload.action}`));
    for (const event of [...handled].filter((name) => name.startsWith('issues.')))
      expect(events).toContain(event);
  });

  it.each(issues)('issues $payload.action (#$index) is routed or ignored', async (example) => {
    const { payload, index } = example;
    const { status, answer } = await post('issues', `issues-${index}`, payload);
    const route = routeDelivery('issues', payload);
    expect(status).toBe(202);
    expect(answer).toEqual({ result: route ? 'queued' : 'ignored' });
    if (route) {
      expect(handled).toContain(route.event);
      expect(route.event).toBe(`issues.${payload.action}`);
      expect(route.key).toMatch(/^[^/#\s]+\/[^/#\s]+#\d+$/);
      expect(route.key).toBe(route.key.toLowerCase());
    } else {
      expect(handled).not.toContain(`issues.${payload.action}`);
    }
  });

  it('of events that nothing handles are ignored with 202', async () => {
    const others = cases.filter(
      ({ name, payload }) => !handled.has(`${name}.${payload.action}`) && name !== 'issues',
    );
    for (const { name, index, payload } of others) {
      expect([name, await post(name, `${name}-${index}`, payload)]).toEqual([
        name,
        { status: 202, answer: { result: 'ignored' } },
      ]);
    }
  });
});

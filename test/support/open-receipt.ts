import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Hono } from 'hono';
import { routeDelivery } from '../../src/handlers/table.js';
import { openQueue } from '../../src/queue/open-queue.js';
import type { Queue } from '../../src/queue/queue.js';
import { openStore, type Store } from '../../src/store/open-store.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { createMetrics, type Metrics } from '../../src/telemetry/metrics.js';
import { createReceipt } from '../../src/webhook/receive-delivery.js';

export const SECRET = 'a-secret-for-tests-only-0123456789';

/** The real door with the real queue behind it, in a folder of its own. */
export interface OpenReceipt {
  readonly app: Hono;
  readonly store: Store;
  readonly queue: Queue;
  readonly metrics: Metrics;
  /** The body stored for a delivery; undefined when it is unknown. */
  stored(id: string): Promise<string | undefined>;
  close(): Promise<void>;
}

export async function openReceipt(): Promise<OpenReceipt> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-receipt-'));
  const store = await openStore(`sqlite:${path.join(folder, 'sentinel.sqlite')}`);
  const queue = await openQueue(store);
  const metrics = createMetrics();
  const app = createReceipt({
    secret: SECRET,
    route: routeDelivery,
    enqueue: (delivery) => queue.enqueue(delivery),
    metrics,
    logger: createLogger('silent'),
  });
  return {
    app,
    store,
    queue,
    metrics,
    async stored(id) {
      const row = await store.db
        .selectFrom('deliveries')
        .select('payload')
        .where('id', '=', id)
        .executeTakeFirst();
      return row?.payload ?? undefined;
    },
    async close() {
      await queue.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `X-Hub-Signature-256` as GitHub computes it. */
export function signatureOf(body: string | Buffer, secret = SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Headers of a correctly signed delivery, with changes; null leaves a header out. */
export function headersFor(
  body: string | Buffer,
  change: Readonly<Record<string, string | null>> = {},
): Record<string, string> {
  const headers: Record<string, string | null> = {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/0123456',
    'x-github-event': 'issues',
    'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    'x-hub-signature-256': signatureOf(body),
    ...change,
  };
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

/** A small `issues` payload that Sentinel acts on. */
export function openedPayload(number = 1, title = 'It crashes'): object {
  return {
    action: 'opened',
    issue: { number, title, body: null },
    repository: { full_name: 'octo/widgets' },
    installation: { id: 7 },
    sender: { login: 'octocat', type: 'User' },
  };
}

import { verify } from '@octokit/webhooks-methods';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { NewDelivery } from '../queue/queue.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';
import { BodyReader } from './body-reader.js';

/** GitHub caps payloads at 25 MB. */
const MAX_BODY_BYTES = 25 * 1024 * 1024;
/** Of all bodies that are being read. */
const BODIES_BYTES = 64 * 1024 * 1024;
/** GitHub gives up after ten seconds and would never see a later answer. */
const STORE_WITHIN_MS = 8000;

export const WEBHOOK_PATH = '/api/github/webhooks';

export interface ReceiptOptions {
  readonly secret: string;
  /** What a delivery is and must wait for, or null to ignore it. */
  readonly route: (
    event: string,
    payload: unknown,
  ) => { readonly event: string; readonly key: string } | null;
  /** Resolves only once the delivery is on disk. */
  readonly enqueue: (delivery: NewDelivery) => Promise<'queued' | 'duplicate'>;
  readonly metrics: Pick<Metrics, 'deliveries'>;
  readonly logger: Logger;
}

type Result = 'queued' | 'duplicate' | 'ignored' | 'rejected' | 'unavailable';

/** Headers every delivery has; the id is a GUID on github.com, and only compared here. */
const headersSchema = z.object({
  id: z.string().regex(/^[\x21-\x7e]{1,100}$/),
  event: z.string().regex(/^[a-z0-9_]{1,100}$/),
});

/**
 * The door: checks size, content type and signature, stores the delivery, then answers.
 *
 * 202 stored, seen before, or nothing to do · 400 not a delivery · 401 not signed by GitHub ·
 * 413 too large · 415 not a known content type · 503 could not be stored, or too many large bodies
 * come at once, so GitHub records a failure and the delivery can be sent again.
 */
export function createReceipt(options: ReceiptOptions): Hono {
  const app = new Hono();
  const count = (event: string, result: Result) =>
    options.metrics.deliveries.inc({ event, result });
  const reject = (context: Context, status: 400 | 401 | 413 | 415 | 503, error: string) => {
    count('unknown', 'rejected');
    options.logger.debug({ status, error }, 'delivery rejected');
    return context.json({ error }, status);
  };
  const bodies = new BodyReader(MAX_BODY_BYTES, BODIES_BYTES);

  app.post(WEBHOOK_PATH, async (context) => {
    const headers = headersSchema.safeParse({
      id: context.req.header('x-github-delivery'),
      event: context.req.header('x-github-event'),
    });
    if (!headers.success) {
      return reject(context, 400, 'X-GitHub-Delivery or X-GitHub-Event is missing or malformed.');
    }
    const body = await bodies.read(context.req.raw);
    if (typeof body !== 'string') return reject(context, body.status, body.error);
    const signature = context.req.header('x-hub-signature-256');
    if (!signature || body === '' || !(await verify(options.secret, body, signature))) {
      return reject(context, 401, 'The signature does not match.');
    }
    const json = jsonOf(context.req.header('content-type'), body);
    if (json === null) {
      return reject(context, 415, 'Use application/json or application/x-www-form-urlencoded.');
    }
    const payload = parseJson(json);
    if (payload === undefined) {
      return reject(context, 400, 'The body is not JSON.');
    }
    const { id, event } = headers.data;
    const route = options.route(event, payload);
    if (!route) {
      count(event, 'ignored');
      return context.json({ result: 'ignored' }, 202);
    }
    try {
      const result = await inTime(options.enqueue({ id, ...route, payload: json }));
      count(event, result);
      options.logger.debug(
        { delivery: id, event: route.event, key: route.key, result },
        'received',
      );
      return context.json({ result }, 202);
    } catch (error) {
      count(event, 'unavailable');
      options.logger.error({ delivery: id, err: error }, 'the delivery could not be stored');
      return context.json({ error: 'The delivery could not be stored; send it again.' }, 503);
    }
  });
  return app;
}

/** Stored later all the same, it is a duplicate when it is sent again. */
async function inTime<T>(storing: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`The store took longer than ${STORE_WITHIN_MS / 1000} s`);
    timer = setTimeout(() => reject(error), STORE_WITHIN_MS);
  });
  try {
    return await Promise.race([storing, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The JSON text of a body, or null for a content type GitHub does not use. */
function jsonOf(contentType: string | undefined, body: string): string | null {
  switch (contentType?.split(';')[0]?.trim().toLowerCase()) {
    case 'application/json':
      return body;
    case 'application/x-www-form-urlencoded':
      return new URLSearchParams(body).get('payload') ?? '';
    default:
      return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { createHmac, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Listening, listen } from './listen.js';

/** One webhook, as it was sent to the app. A redelivery is a second entry with the same `id`. */
export interface SentDelivery {
  /** `X-GitHub-Delivery`, a UUID as on GitHub. */
  readonly id: string;
  /** `issues`, `issue_comment`, … */
  readonly event: string;
  /** `opened`, `edited`, …; null for events without one. */
  readonly action: string | null;
  /** `owner/name`; null when the event has no repository. */
  readonly repository: string | null;
  readonly issue: number | null;
  readonly body: string;
  /** Milliseconds since the epoch at which it left. */
  readonly sentAt: number;
  readonly redelivery: boolean;
  /** Resolves with the app's status, or null when it didn't answer within ten seconds. */
  readonly answered: Promise<number | null>;
}

/** Stands between the emulator and the app, and behaves as GitHub's sender does. */
export interface WebhookRelay {
  /** Where the emulator sends its webhooks. */
  readonly url: string;
  /** Everything sent so far, oldest first. */
  readonly deliveries: readonly SentDelivery[];
  /** Keeps webhooks back from now on, for example while the app is down. */
  hold(): void;
  /** Sends what was kept back, in order, and sends directly again. */
  release(): void;
  /** Sends a delivery again under its own id, as the button on GitHub's page does. */
  redeliver(id: string): SentDelivery;
  /** Sends any event, signed with `secret` (the app's own unless told), to the app. */
  send(event: string, payload: object, options?: SendOptions): SentDelivery;
  /** Sends to another address from now on. */
  deliverTo(appWebhookUrl: string): void;
  close(): Promise<void>;
}

export interface SendOptions {
  readonly id?: string;
  readonly secret?: string;
}

interface Outgoing {
  readonly id: string;
  readonly event: string;
  readonly body: string;
  readonly signature: string;
  readonly redelivery: boolean;
}

/** GitHub gives an app ten seconds to answer. */
const ANSWER_WITHIN_MS = 10_000;

/**
 * The emulator numbers app webhooks by the clock, so two in one millisecond get the same id and an
 * app that drops repeated ids loses one. The relay gives each its own UUID; body and signature pass
 * unchanged.
 *
 * @example
 * const relay = await relayWebhooks('http://127.0.0.1:3000/api/github/webhooks', 'secret');
 * relay.hold();
 * // … open issues while the app restarts …
 * relay.release();
 */
export async function relayWebhooks(appWebhookUrl: string, secret: string): Promise<WebhookRelay> {
  let target = appWebhookUrl;
  let held: Outgoing[] | null = null;
  const deliveries: SentDelivery[] = [];

  function dispatch(outgoing: Outgoing): SentDelivery {
    const sent = {
      ...describe(outgoing),
      sentAt: Date.now(),
      answered: post(target, outgoing),
    };
    deliveries.push(sent);
    return sent;
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await buffer(request)).toString('utf8');
    const outgoing: Outgoing = {
      id: randomUUID(),
      event: String(request.headers['x-github-event'] ?? ''),
      body,
      signature: String(request.headers['x-hub-signature-256'] ?? ''),
      redelivery: false,
    };
    response.writeHead(202).end();
    if (held === null) dispatch(outgoing);
    else held.push(outgoing);
  }

  const server: Listening = await listen((request, response) => {
    receive(request, response).catch(() => response.destroy());
  });

  return {
    url: server.url,
    deliveries,
    hold() {
      held ??= [];
    },
    release() {
      const waiting = held ?? [];
      held = null;
      for (const outgoing of waiting) dispatch(outgoing);
    },
    redeliver(id) {
      const known = deliveries.find((delivery) => delivery.id === id);
      if (known === undefined) throw new Error(`No delivery ${id} was sent`);
      return dispatch({ ...known, signature: sign(known.body, secret), redelivery: true });
    },
    send(event, payload, options = {}) {
      const body = JSON.stringify(payload);
      return dispatch({
        id: options.id ?? randomUUID(),
        event,
        body,
        signature: sign(body, options.secret ?? secret),
        redelivery: false,
      });
    },
    deliverTo(url) {
      target = url;
    },
    close: () => server.close(),
  };
}

function sign(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** The parts of a webhook's body that tell what it is about. */
interface Subject {
  readonly action?: string;
  readonly repository?: { readonly full_name?: string };
  readonly issue?: { readonly number?: number };
}

function describe(outgoing: Outgoing): Omit<SentDelivery, 'sentAt' | 'answered'> {
  const subject = JSON.parse(outgoing.body) as Subject;
  return {
    id: outgoing.id,
    event: outgoing.event,
    action: subject.action ?? null,
    repository: subject.repository?.full_name ?? null,
    issue: subject.issue?.number ?? null,
    body: outgoing.body,
    redelivery: outgoing.redelivery,
  };
}

async function post(url: string, outgoing: Outgoing): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: outgoing.body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/emulated',
        'x-github-event': outgoing.event,
        'x-github-delivery': outgoing.id,
        'x-hub-signature-256': outgoing.signature,
      },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

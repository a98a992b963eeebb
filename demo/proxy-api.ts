import { type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { type Listening, listen } from './listen.js';

/** A request that the app made to GitHub. */
export interface ApiRequest {
  readonly method: string;
  /** Path and query, e.g. `/repos/octo/widgets/labels?per_page=100`. */
  readonly path: string;
  readonly body: string;
}

/** Something that goes wrong between the app and GitHub. */
export type Interference =
  /** GitHub answers this and does nothing. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body?: object;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection closes before GitHub sees the request. */
  | { readonly kind: 'drop' }
  /** GitHub does what was asked, and the connection closes before the answer. */
  | { readonly kind: 'lose-answer' }
  /** GitHub takes its time. */
  | { readonly kind: 'delay'; readonly ms: number };

/** Decides for each request whether something goes wrong; `undefined` lets it pass. */
export type Interfere = (request: ApiRequest) => Interference | undefined;

/** A finished request; `status` is null when the app got no answer. */
export interface AnsweredRequest extends ApiRequest {
  readonly status: number | null;
}

export interface ApiProxy extends Listening {
  /** What the app asked, in the order of the answers. */
  readonly requests: readonly AnsweredRequest[];
  /** Replaces the interference; `null` lets everything pass. */
  interfere(interfere: Interfere | null): void;
}

/** Answers a request itself instead of passing it on; false means it did not. */
export type Intercept = (
  request: IncomingMessage,
  response: ServerResponse,
  target: string,
) => Promise<boolean>;

/**
 * Passes requests to the emulator at `target`, keeps a list of them, and can make them fail.
 *
 * @example
 * const proxy = await proxyApi({ port: 0, target: emulator.url });
 * proxy.interfere(({ method }) => (method === 'POST' ? { kind: 'answer', status: 502 } : undefined));
 */
export async function proxyApi(options: {
  readonly port: number;
  readonly target: string;
  readonly intercept?: Intercept;
}): Promise<ApiProxy> {
  const requests: AnsweredRequest[] = [];
  let interfere: Interfere | null = null;

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (await options.intercept?.(incoming, outgoing, options.target)) return;
    const body = await buffer(incoming);
    const request = {
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
      body: body.toString('utf8'),
    };
    const fault = interfere?.(request);
    const status = await answer(fault, incoming, outgoing, () =>
      forward(options.target, incoming, body),
    );
    requests.push({ ...request, status });
  }

  const server = await listen((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  }, options.port);
  return {
    ...server,
    requests,
    interfere(next) {
      interfere = next;
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

async function answer(
  fault: Interference | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  pass: () => Promise<Answer>,
): Promise<number | null> {
  if (fault?.kind === 'answer') {
    outgoing.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
    outgoing.end(JSON.stringify(fault.body ?? { message: 'Interfered' }));
    return fault.status;
  }
  if (fault?.kind === 'drop') {
    incoming.socket.destroy();
    return null;
  }
  if (fault?.kind === 'delay') await wait(fault.ms);
  const real = await pass();
  if (fault?.kind === 'lose-answer') {
    incoming.socket.destroy();
    return null;
  }
  outgoing.writeHead(real.status, real.headers);
  outgoing.end(real.body);
  return real.status;
}

function forward(target: string, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { 'transfer-encoding': _chunked, ...headers } = incoming.headers;
    const onward = send(
      new URL(incoming.url ?? '/', target),
      { method: incoming.method ?? 'GET', headers: { ...headers, 'content-length': body.length } },
      (response) => {
        buffer(response).then((content) => {
          const { 'transfer-encoding': _parts, connection: _hop, ...kept } = response.headers;
          const noContent = response.statusCode === 204 || response.statusCode === 304;
          resolve({
            status: response.statusCode ?? 502,
            headers: noContent ? kept : { ...kept, 'content-length': String(content.length) },
            body: content,
          });
        }, reject);
      },
    );
    onward.once('error', reject);
    onward.end(body);
  });
}

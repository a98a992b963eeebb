import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

const KEEP_ALIVE_MS = 75_000;
/** GitHub gives up after ten seconds; whoever sends more slowly keeps others waiting. */
const REQUEST_MS = 30_000;
/** What is being answered when the server closes has so long to end. */
const CLOSE_WITHIN_MS = 3000;

/** A server that listens. */
export interface Listening {
  readonly url: string;
  /** Takes no more connections; resolves once the present ones have ended, a few seconds at most. */
  close(): Promise<void>;
}

/** Serves one Hono app; resolves once it listens. */
export function listen(
  app: Hono,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { requestTimeout: REQUEST_MS },
  }) as Server;
  // Longer than proxies keep theirs, so that none sends into a connection just being closed.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      const shown = typeof address === 'object' && address ? address.port : port;
      resolve({ url: `http://${host}:${shown}`, close: () => close(server) });
    });
  });
}

/** One that has sent nothing yet is not idle to Node: it would be waited for a minute. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}

import { createServer, type RequestListener } from 'node:http';

/** An HTTP server on 127.0.0.1 that is listening. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `handle` on 127.0.0.1; port 0 takes any free one. */
export function listen(handle: RequestListener, port = 0): Promise<Listening> {
  const server = createServer(handle);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      resolve({
        url: `http://127.0.0.1:${bound}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

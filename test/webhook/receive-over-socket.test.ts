import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WEBHOOK_PATH } from '../../src/webhook/receive-delivery.js';
import {
  headersFor,
  type OpenReceipt,
  openedPayload,
  openReceipt,
} from '../support/open-receipt.js';

const LIMIT = 25 * 1024 * 1024;
let receipt: OpenReceipt;
let server: Server;
let port = 0;

beforeAll(async () => {
  receipt = await openReceipt();
  server = createAdaptorServer({ fetch: receipt.app.fetch }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(async () => {
  server?.close();
  server?.closeAllConnections();
  await receipt?.close();
});

/** Sends a head and pieces of a body over a plain socket; resolves with the status it answers. */
async function send(headers: Record<string, string>, pieces: Iterable<Buffer>): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  const status = statusOf(socket);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${WEBHOOK_PATH} HTTP/1.1\r\nhost: localhost\r\n${lines.join('')}\r\n`);
  for (const piece of pieces) {
    if (socket.destroyed) break;
    if (!socket.write(piece)) await Promise.race([once(socket, 'drain'), status]);
  }
  const answer = await status;
  socket.destroy();
  return answer;
}

function statusOf(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let head = '';
    socket.on('data', (chunk: Buffer) => {
      head += chunk.toString('latin1');
      const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
      if (status !== undefined) resolve(Number(status));
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed without an answer')));
  });
}

function* chunked(body: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size);
    yield Buffer.concat([
      Buffer.from(`${part.length.toString(16)}\r\n`),
      part,
      Buffer.from('\r\n'),
    ]);
  }
  yield Buffer.from('0\r\n\r\n');
}

/** A delivery of exactly this many bytes. */
function bodyOf(bytes: number): Buffer {
  const empty = Buffer.from(JSON.stringify({ ...openedPayload(), padding: '' }));
  const padding = 'x'.repeat(bytes - empty.length);
  return Buffer.from(JSON.stringify({ ...openedPayload(), padding }));
}

describe('over a socket', () => {
  it('takes a delivery whose pieces come one by one and stores it to the byte', async () => {
    const body = Buffer.from(JSON.stringify(openedPayload(5, '漢字 🐛 in pieces')));
    const headers = headersFor(body, {
      'x-github-delivery': 'pieces',
      'transfer-encoding': 'chunked',
    });
    // Pieces of five bytes cut characters in two.
    expect(await send(headers, chunked(body, 5))).toBe(202);
    expect(await receipt.stored('pieces')).toBe(body.toString());
  });

  it('takes 25 MB to the byte', async () => {
    const body = bodyOf(LIMIT);
    expect(body.length).toBe(LIMIT);
    const headers = headersFor(body, {
      'x-github-delivery': 'largest',
      'content-length': String(body.length),
    });
    expect(await send(headers, [body])).toBe(202);
    expect((await receipt.stored('largest'))?.length).toBe(LIMIT);
  });

  it('refuses one byte more by its announced length, without waiting for the body', async () => {
    const headers = headersFor('', {
      'x-github-delivery': 'announced',
      'content-length': String(LIMIT + 1),
    });
    expect(await send(headers, [])).toBe(413);
  });

  it('refuses a body that grows past 25 MB without announcing it', async () => {
    const body = bodyOf(LIMIT + 1);
    const headers = headersFor(body, {
      'x-github-delivery': 'grown',
      'transfer-encoding': 'chunked',
    });
    expect(await send(headers, chunked(body, 1024 * 1024))).toBe(413);
    expect(await receipt.stored('grown')).toBeUndefined();
  });

  it('goes on after connections that break off in the middle', async () => {
    for (let i = 0; i < 5; i++) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(`POST ${WEBHOOK_PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n{"a"`);
      socket.destroy();
    }
    const body = JSON.stringify(openedPayload(6));
    const headers = headersFor(body, { 'x-github-delivery': 'after' });
    const response = await fetch(`http://127.0.0.1:${port}${WEBHOOK_PATH}`, {
      method: 'POST',
      body,
      headers,
    });
    expect(response.status).toBe(202);
  });

  describe('bodies of whoever sends them', () => {
    const SIZE = 20 * 1024 * 1024;

    /** A connection that announces a large body and sends all of it but its end. */
    async function stall(
      id: string,
    ): Promise<{ socket: Socket; status: Promise<number | 'open'> }> {
      const socket = connect(port, '127.0.0.1');
      const status = statusOf(socket).catch(() => 'open' as const);
      await once(socket, 'connect');
      const headers = headersFor('', {
        'x-github-delivery': id,
        'content-length': String(SIZE),
      });
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`POST ${WEBHOOK_PATH} HTTP/1.1\r\nhost: x\r\n${lines.join('')}\r\n`);
      await new Promise<void>((resolve) => {
        socket.write(Buffer.alloc(SIZE - 1, 'x'), () => resolve());
      });
      return { socket, status };
    }

    function deliver(id: string, bytes: number): Promise<number> {
      const body = bodyOf(bytes);
      const length = String(body.length);
      const change = { 'x-github-delivery': id, 'content-length': length };
      return send(headersFor(body, change), [body]);
    }

    it('are given up, the largest first, where together they would fill the memory', async () => {
      const printed = vi.spyOn(console, 'error');
      const stalled = [];
      for (let n = 0; n < 8; n += 1) stalled.push(await stall(`stalled-${n}`));
      // Slow or fast, whoever sends little is let in, and so is GitHub with more.
      expect(await deliver('small', 10_000)).toBe(202);
      expect(await deliver('large', 5 * 1024 * 1024)).toBe(202);
      for (const { socket } of stalled) socket.end();
      const statuses = await Promise.all(stalled.map(({ status }) => status));
      expect(statuses.filter((status) => status === 503).length).toBeGreaterThanOrEqual(5);
      expect(await deliver('again', SIZE)).toBe(202);
      expect(printed).not.toHaveBeenCalled();
      printed.mockRestore();
    });
  });
});

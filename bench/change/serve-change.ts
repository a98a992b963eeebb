/**
 * A GitHub with two pull requests, in a process of its own: 1 has one small file, 2 the huge change.
 * Prints its address, and ends with its standard input.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FILES, hugeFile } from './huge-change.js';

const FILES_OF: Readonly<Record<string, number>> = { 1: 1, 2: FILES };

function page(count: number, from: number, to: number): object[] {
  const wanted = Array.from(
    { length: Math.max(0, Math.min(to, count) - from) },
    (_, i) => from + i,
  );
  return wanted.map((at) => {
    const { name: filename, patch } = hugeFile(at);
    return { filename, status: 'modified', additions: 72, deletions: 36, patch };
  });
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const pull = /\/pulls\/(\d+)\/files$/.exec(url.pathname)?.[1];
  const size = Number(url.searchParams.get('per_page') ?? 30);
  const at = Number(url.searchParams.get('page') ?? 1);
  const count = FILES_OF[pull ?? ''] ?? 0;
  const isFile = url.pathname.includes('/contents/');
  url.searchParams.set('page', String(at + 1));
  response.writeHead(isFile ? 404 : 200, {
    'content-type': 'application/json',
    ...(at * size < count ? { link: `<${url}>; rel="next"` } : {}),
  });
  response.end(JSON.stringify(isFile ? {} : page(count, (at - 1) * size, at * size)));
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.stdin.resume().once('end', () => process.exit());

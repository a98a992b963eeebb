import { isIP } from 'node:net';
import type { HonoRequest } from 'hono';
import { parseUrl } from './parse-url.js';

const FORWARDING_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/**
 * Whether a host name or address (no port) means this machine.
 *
 * @example
 * isLoopbackName('127.0.0.1'); // true
 * isLoopbackName('127.0.0.1.example.org'); // false
 */
export function isLoopbackName(name: string): boolean {
  const bare = name.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (bare === 'localhost' || bare === '::1') return true;
  const address = bare.replace(/^::ffff:/, '');
  return isIP(address) === 4 && address.startsWith('127.');
}

/** The name in a `Host` header, without its port; null when it is absent or not a host. */
export function hostName(header: string | undefined): string | null {
  if (header === undefined || !/^[A-Za-z0-9.:[\]-]{1,255}$/.test(header)) return null;
  return parseUrl(`http://${header}`)?.hostname ?? null;
}

/** Whether a request came through a proxy or tunnel, some of which put a loopback name into `Host`. */
export function isForwarded(request: Pick<HonoRequest, 'header'>): boolean {
  return FORWARDING_HEADERS.some((name) => request.header(name) !== undefined);
}

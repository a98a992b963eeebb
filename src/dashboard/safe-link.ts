import { isLoopbackName } from './loopback.js';
import { parseUrl } from './parse-url.js';

/**
 * The address if a page may link to it, else null: one of the configured GitHub, by https. Plain
 * http is allowed on loopback only (the demo).
 *
 * @example
 * safeLink('javascript:alert(1)', 'https://github.com'); // null
 */
export function safeLink(address: string, githubWebUrl: string): string | null {
  const url = parseUrl(address);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (url.host !== parseUrl(githubWebUrl)?.host) return null;
  const isDemo = url.protocol === 'http:' && isLoopbackName(url.hostname);
  return url.protocol === 'https:' || isDemo ? url.href : null;
}

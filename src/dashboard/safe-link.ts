import { isLoopbackName } from './loopback.js';
import { parseUrl } from './parse-url.js';

/**
 * The address if a page may link to it, else null: https anywhere, or the configured GitHub host,
 * where plain http is allowed on loopback only (the demo).
 *
 * @example
 * safeLink('javascript:alert(1)', 'https://github.com'); // null
 */
export function safeLink(address: string, githubWebUrl: string): string | null {
  const url = parseUrl(address);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (url.protocol === 'https:') return url.href;
  const isGitHub = url.host === parseUrl(githubWebUrl)?.host;
  const isDemo = url.protocol === 'http:' && isLoopbackName(url.hostname);
  return isGitHub && isDemo ? url.href : null;
}

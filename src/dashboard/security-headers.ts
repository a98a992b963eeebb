import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { STYLE } from './style.js';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/**
 * Headers of every page: no scripts at all, one style sheet known by its hash, forms only to this
 * server and the origins named, no framing, nothing kept in caches.
 *
 * @param formOrigins where a page's forms may post beside this server
 */
export function securityHeaders(...formOrigins: readonly string[]): MiddlewareHandler {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    'img-src data:',
    `form-action ${["'self'", ...formOrigins].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return async (context, next) => {
    await next();
    context.header('Content-Security-Policy', policy);
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('X-Frame-Options', 'DENY');
    // The origin alone: GitHub's manifest form looks at it, a path or code must not leave.
    context.header('Referrer-Policy', 'strict-origin-when-cross-origin');
    context.header('Cross-Origin-Opener-Policy', 'same-origin');
    context.header('Cache-Control', 'no-store');
  };
}

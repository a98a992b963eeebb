import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { hostName, isForwarded, isLoopbackName } from './loopback.js';
import { messagePage } from './message-page.js';

/** Who may read the dashboard. */
export type DashboardAccess =
  /** HTTP Basic; any user name. */
  | { readonly kind: 'password'; readonly password: string }
  /** Anyone on this machine, nobody else: for the demo. */
  | { readonly kind: 'open' }
  /** Nobody, until a password is set. */
  | { readonly kind: 'off' };

const nodeBindings = z.object({
  incoming: z.object({ socket: z.object({ remoteAddress: z.string() }) }),
});

/**
 * Lets a request through or answers it with a page that says how to get in.
 *
 * @throws {RangeError} for an empty password, which would let everybody in
 */
export function guardAccess(access: DashboardAccess): MiddlewareHandler {
  if (access.kind === 'off') return async (context) => refuseOff(context);
  if (access.kind === 'open') {
    return async (context, next) => (isLocal(context) ? next() : refuseRemote(context));
  }
  if (access.password === '') throw new RangeError('The dashboard password must not be empty');
  const expected = digest(access.password);
  return async (context, next) => {
    const given = basicPassword(context.req.header('authorization'));
    if (given !== null && timingSafeEqual(digest(given), expected)) return next();
    context.header('WWW-Authenticate', 'Basic realm="Sentinel", charset="UTF-8"');
    return context.html(
      messagePage({
        title: 'Password needed',
        text: ['Sign in with any user name and the password in DASHBOARD_PASSWORD.'],
      }),
      401,
    );
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

/** The password of a Basic `Authorization` header; null when there is none. */
function basicPassword(header: string | undefined): string | null {
  const encoded = /^Basic +([A-Za-z0-9+/=]{1,4096})$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0 ? null : decoded.slice(colon + 1);
}

/** Asked by a loopback name, from a loopback address, through no proxy or tunnel. */
function isLocal(context: Context): boolean {
  const host = hostName(context.req.header('host') ?? new URL(context.req.url).host);
  if (host === null || !isLoopbackName(host)) return false;
  if (isForwarded(context.req)) return false;
  const bindings = nodeBindings.safeParse(context.env);
  return !bindings.success || isLoopbackName(bindings.data.incoming.socket.remoteAddress);
}

function refuseOff(context: Context): Response | Promise<Response> {
  return context.html(
    messagePage({
      title: 'The dashboard is off',
      text: [
        'It shows issue titles of every repository Sentinel is installed in, so it needs a password.',
        'Set DASHBOARD_PASSWORD in the environment or in .env, restart Sentinel, and reload this page.',
      ],
    }),
    404,
  );
}

function refuseRemote(context: Context): Response | Promise<Response> {
  return context.html(
    messagePage({
      title: 'Only from this machine',
      text: [
        'Without a password the dashboard answers on localhost only.',
        'Set DASHBOARD_PASSWORD and restart Sentinel to open it from elsewhere.',
      ],
    }),
    403,
  );
}

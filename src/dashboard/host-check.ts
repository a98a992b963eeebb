import type { MiddlewareHandler } from 'hono';
import { hostName, isForwarded, isLoopbackName } from './loopback.js';
import { messagePage } from './message-page.js';
import { parseUrl } from './parse-url.js';

/**
 * Answers only when the browser itself asked for a loopback name, and when a form comes from this
 * server's own page. Stops pages elsewhere that point a name of theirs at this machine (DNS rebinding)
 * or post here, and tunnels that pass everyone on as a loopback name.
 */
export const checkHost: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host') ?? new URL(context.req.url).host;
  const name = hostName(host);
  if (name === null || !isLoopbackName(name) || isForwarded(context.req)) {
    const text = [
      'Sentinel has no credentials yet, and its setup answers to localhost only.',
      'Open it on the machine it runs on, or through a tunnel such as ssh -L 3000:localhost:3000.',
    ];
    return context.html(messagePage({ title: 'Set up from localhost', text }), 403);
  }
  const origin = context.req.header('origin');
  if (context.req.method !== 'GET' && origin !== undefined && parseUrl(origin)?.host !== host) {
    const text = ['This form was sent from another site. Open the setup page and use its form.'];
    return context.html(
      messagePage({ title: 'Not from here', text, link: { href: '/', text: 'Set up' } }),
      403,
    );
  }
  return next();
};

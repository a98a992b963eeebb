import type { MiddlewareHandler } from 'hono';

/** GitHub's bodies are rarely longer. */
const SMALL_BYTES = 256 * 1024;
const LARGE_AT_ONCE = 4;

/**
 * Reads four large bodies at a time, and those that don't say how large they are; the rest wait unread.
 * Anyone can send bodies, and only a whole one shows who signed it: together they would fill the memory.
 */
export function fewLargeBodies(): MiddlewareHandler {
  let free = LARGE_AT_ONCE;
  const waiting: (() => void)[] = [];
  return async (context, next) => {
    if (Number(context.req.header('content-length') ?? Number.NaN) <= SMALL_BYTES) return next();
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      await next();
    } finally {
      const first = waiting.shift();
      if (first) first();
      else free += 1;
    }
  };
}

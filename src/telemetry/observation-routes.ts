import { Hono } from 'hono';
import type { Metrics } from './metrics.js';

export interface ObservationOptions {
  readonly metrics: Metrics;
  /** What keeps the App from working, one sentence each; empty when ready. */
  readonly problems: () => Promise<readonly string[]>;
  /** Brings gauges up to date before they are read. */
  readonly refresh: () => Promise<void>;
}

/** `/healthz` (alive), `/readyz` (able to work) and `/metrics` (Prometheus text). */
export function createObservation({ metrics, problems, refresh }: ObservationOptions): Hono {
  const app = new Hono();
  app.get('/healthz', (context) => context.json({ status: 'alive' }));
  app.get('/readyz', async (context) => {
    const found = await problems();
    return found.length === 0
      ? context.json({ status: 'ready' })
      : context.json({ status: 'not ready', problems: found }, 503);
  });
  app.get('/metrics', async (context) => {
    // A store that is down must not hide the other metrics.
    await refresh().catch(() => {});
    return context.body(await metrics.registry.metrics(), 200, {
      'content-type': metrics.registry.contentType,
    });
  });
  return app;
}

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** All metrics of one process; `registry.metrics()` is what `/metrics` serves. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    deliveries: new Counter({
      name: 'sentinel_deliveries_total',
      help: 'Deliveries received, by event and what became of them at the door',
      labelNames: ['event', 'result'] as const,
      registers,
    }),
    queueDepth: new Gauge({
      name: 'sentinel_queue_deliveries',
      help: 'Unfinished deliveries, by state',
      labelNames: ['state'] as const,
      registers,
    }),
    queueAge: new Gauge({
      name: 'sentinel_queue_oldest_ready_seconds',
      help: 'Age of the oldest delivery that could run now',
      registers,
    }),
    decisions: new Counter({
      name: 'sentinel_decisions_total',
      help: 'Decisions recorded, by outcome',
      labelNames: ['outcome'] as const,
      registers,
    }),
    failures: new Counter({
      name: 'sentinel_delivery_failures_total',
      help: 'Failed attempts at a delivery, by whether it will be tried again',
      labelNames: ['result'] as const,
      registers,
    }),
    inference: new Histogram({
      name: 'sentinel_inference_seconds',
      help: 'Tokenization and inference of one issue',
      buckets: [0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 1],
      registers,
    }),
    githubRequests: new Counter({
      name: 'sentinel_github_requests_total',
      help: 'GitHub API calls, by method and status',
      labelNames: ['method', 'status'] as const,
      registers,
    }),
    githubRemaining: new Gauge({
      name: 'sentinel_github_rate_limit_remaining',
      help: 'Calls left before the rate limit, as last reported, by installation',
      labelNames: ['installation'] as const,
      registers,
    }),
  };
}

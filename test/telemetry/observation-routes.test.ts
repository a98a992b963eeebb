import { expect, it } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { createObservation } from '../../src/telemetry/observation-routes.js';

function observation(problems: string[], refresh = async (): Promise<void> => {}) {
  const metrics = createMetrics();
  return { metrics, app: createObservation({ metrics, problems: async () => problems, refresh }) };
}

it('says that it is alive even when it is not ready', async () => {
  const { app } = observation(['The store is down.']);
  expect((await app.request('/healthz')).status).toBe(200);
});

it('is ready without problems and says which there are otherwise', async () => {
  const ready = await observation([]).app.request('/readyz');
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
  const not = await observation(['The encoder is starting.']).app.request('/readyz');
  expect([not.status, await not.json()]).toEqual([
    503,
    { status: 'not ready', problems: ['The encoder is starting.'] },
  ]);
});

it('serves metrics as Prometheus text, also while the store is down', async () => {
  const { app, metrics } = observation([], async () => {
    throw new Error('The store is down.');
  });
  metrics.decisions.inc({ outcome: 'applied' });
  const response = await app.request('/metrics');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/plain');
  expect(await response.text()).toContain('sentinel_decisions_total{outcome="applied"} 1');
});

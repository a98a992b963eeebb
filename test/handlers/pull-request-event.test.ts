import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { routeDelivery } from '../../src/handlers/table.js';

const examplesSchema = z.array(
  z.object({
    name: z.string(),
    examples: z.array(z.looseObject({ action: z.string().optional() })),
  }),
);
const EXAMPLES =
  examplesSchema
    .parse(createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json'))
    .find(({ name }) => name === 'pull_request')?.examples ?? [];

const exampleOf = (action: string) => {
  const found = EXAMPLES.find((example) => example.action === action);
  return { ...(found ?? EXAMPLES[0]), action, installation: { id: 7 } };
};

describe('a pull_request webhook', () => {
  it.each([
    'opened',
    'synchronize',
    'reopened',
    'ready_for_review',
    'edited',
    'labeled',
    'unlabeled',
  ])('%s waits for its pull request', (action) => {
    const route = routeDelivery('pull_request', exampleOf(action));
    expect(route).toMatchObject({ event: `pull_request.${action}` });
    expect(route?.key).toMatch(/^codertocat\/hello-world#\d+$/);
  });

  it.each(['closed', 'converted_to_draft', 'assigned'])('%s is ignored', (action) => {
    expect(routeDelivery('pull_request', exampleOf(action))).toBeNull();
  });

  it('edited by a bot is ignored, pushed by one is not', () => {
    const sender = { login: 'renovate[bot]', type: 'Bot' };
    expect(routeDelivery('pull_request', { ...exampleOf('edited'), sender })).toBeNull();
    expect(routeDelivery('pull_request', { ...exampleOf('synchronize'), sender })).not.toBeNull();
  });

  it.each([
    {},
    { installation: undefined },
    { pull_request: null },
    { pull_request: { number: '1' } },
    { repository: { full_name: 'a b' } },
  ])('changed by %j is ignored or accepted, never thrown on', (change) => {
    const payload = { ...exampleOf('opened'), ...change };
    const accepted = Object.keys(change).length === 0;
    expect(routeDelivery('pull_request', payload) !== null).toBe(accepted);
  });
});

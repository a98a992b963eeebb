import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HandlerContext } from '../../src/handlers/event-handler.js';
import { createRepositoryReader } from '../../src/handlers/read-repository.js';
import { handleDelivery, routeDelivery } from '../../src/handlers/table.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { API, anInstallation, closeNetwork, openNetwork } from '../github/an-installation.js';

const NAME = 'Octo/widgets';
const payload = (action: string) => ({
  action,
  installation: { id: 7 },
  repository: { full_name: NAME },
  label: { name: 'bug' },
});

beforeEach(closeNetwork);
afterEach(openNetwork);

describe.each(['created', 'deleted'])('a label that was %s', (action) => {
  it('waits neither for issues nor for learning', () => {
    const route = routeDelivery('label', payload(action));
    expect(route).toEqual({ event: `label.${action}`, key: 'octo/widgets@repository' });
  });

  it('has the labels of its repository read anew, although they are remembered', async () => {
    const logger = createLogger('silent');
    const store = { configurations: undefined as never };
    const repositories = createRepositoryReader({ store, logger });
    const labels = () => repositories.labels(anInstallation(), NAME);
    const has = (...names: string[]) =>
      nock(API)
        .get(`/repos/${NAME}/labels`)
        .query(true)
        .reply(
          200,
          names.map((name) => ({ name })),
        );
    has('bug', 'question');
    expect(await labels()).toEqual(['bug', 'question']);
    expect(await labels()).toEqual(['bug', 'question']);
    const delivery = { event: `label.${action}`, payload: JSON.stringify(payload(action)) };
    await handleDelivery(delivery as never, { repositories, logger } as unknown as HandlerContext);
    has('question');
    expect(await labels()).toEqual(['question']);
  });
});

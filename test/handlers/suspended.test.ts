import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HandlerContext } from '../../src/handlers/event-handler.js';
import { handleDelivery } from '../../src/handlers/table.js';
import type { Store } from '../../src/store/open-store.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { API, anInstallation, closeNetwork } from '../github/an-installation.js';
import { useTestStore } from '../support/a-store.js';

const NAME = 'octo/widgets';

/** What came in just before the owner suspended the App. */
describe('while the App is suspended', () => {
  let store: Store;
  let context: HandlerContext;

  useTestStore((opened) => {
    store = opened;
  });
  beforeEach(async () => {
    closeNetwork();
    nock(API).persist().get(/.*/).reply(403, { message: 'This installation has been suspended' });
    const github = { installation: () => anInstallation() };
    const [logger, metrics] = [createLogger('silent'), createMetrics()];
    context = { store, github, logger, metrics } as unknown as HandlerContext;
    const known = { repository: NAME, installation_id: 7, position: '{}' };
    await store.histories.save({ ...known, finished_at: 1, learned_at: 1, result: '' });
    const issue = { repository: NAME, number: 5, title: 'A', labels: '["bug"]', author: 'ada' };
    await store.historyIssues.save([
      { ...issue, created_at: 1, updated_at: 1, author_association: null, body: null },
    ]);
  });
  afterEach(closeNetwork);

  async function arrives(action: string): Promise<void> {
    const payload = {
      action,
      installation: { id: 7 },
      repository: { full_name: NAME },
      issue: { number: 5, title: 'B', body: null },
      label: { name: 'bug' },
      sender: { login: 'ada', type: 'User' },
    };
    await handleDelivery(
      {
        id: 'd',
        key: 'k',
        event: `issues.${action}`,
        payload: JSON.stringify(payload),
        attempt: 1,
        receivedAt: new Date(),
      },
      context,
    );
  }

  it('an edit of an issue that is learned from ends as refused, and the issue stays known', async () => {
    await arrives('edited');
    const row = await store.db
      .selectFrom('decisions')
      .select(['outcome', 'plan'])
      .executeTakeFirst();
    expect(row?.outcome).toBe('refused');
    expect(row?.plan).toContain('refused:suspended');
    expect(await store.historyIssues.find(NAME, 5)).toBeDefined();
  });

  it.each(['labeled', 'unlabeled'])(
    'nothing is learned from a label, and nothing is given up: %s',
    async (action) => {
      await arrives(action);
      expect(await store.historyIssues.find(NAME, 5)).toBeDefined();
      expect(await store.labelSetters.find(NAME, 'ada')).toBeUndefined();
    },
  );
});

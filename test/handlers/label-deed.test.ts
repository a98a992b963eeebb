import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HandlerContext } from '../../src/handlers/event-handler.js';
import { createHeadReader } from '../../src/handlers/read-head.js';
import { handleDelivery, routeDelivery } from '../../src/handlers/table.js';
import type { Store } from '../../src/store/open-store.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { anInstallation, closeNetwork } from '../github/an-installation.js';
import { aDecision } from '../support/a-decision.js';
import { useTestStore } from '../support/a-store.js';
import { type ServedEvent, serveHistory } from '../support/history-server.js';

const label = (action: string, changes: object = {}) => ({
  action,
  installation: { id: 7 },
  repository: { full_name: 'Octo/Widgets' },
  pull_request: { number: 5, updated_at: '2026-01-01T00:00:00Z' },
  label: { name: 'area: api' },
  sender: { login: 'ada', type: 'User' },
  ...changes,
});

describe('a label of a pull request', () => {
  it.each(['labeled', 'unlabeled'])('that a person set is looked at: %s', (action) => {
    expect(routeDelivery('pull_request', label(action))).toEqual({
      event: `pull_request.${action}`,
      key: 'octo/widgets#5',
    });
  });

  it.each([
    { login: 'helper', type: 'Bot' },
    { login: 'helper[bot]', type: 'User' },
  ])('that a bot set teaches nothing: %j', (sender) => {
    expect(routeDelivery('pull_request', label('labeled', { sender }))).toBeNull();
  });

  it('that nobody is known to have set teaches nothing', () => {
    const sender = undefined;
    expect(routeDelivery('pull_request', label('unlabeled', { sender }))).toBeNull();
  });
});

describe('a label that was taken off an issue', () => {
  const NAME = 'octo/widgets';
  let store: Store;
  let context: HandlerContext;

  useTestStore((opened) => {
    store = opened;
  });
  beforeEach(async () => {
    closeNetwork();
    const github = { installation: () => anInstallation() };
    const logger = createLogger('silent');
    context = {
      store,
      github,
      heads: createHeadReader(store),
      logger,
    } as unknown as HandlerContext;
    const known = { repository: NAME, installation_id: 7, position: '{}' };
    await store.histories.save({ ...known, finished_at: 1, learned_at: 1, result: '' });
    const at = Date.now();
    await store.decisions.record(aDecision({ repository: NAME, issue: 5, decided_at: at }));
    const proposal = {
      delivery_id: 'd1',
      label: 'bug',
      repository: NAME,
      issue: 5,
      head_version: 1,
    };
    const nothing = { truth: null, actor: null, role: null, at: null };
    await store.labelFeedback.propose([
      { ...proposal, proposed: 'applied', decided_at: at, ...nothing },
    ]);
  });
  afterEach(closeNetwork);

  /** Handles the webhook on an issue that still bears `ui`, of which the events are known. */
  async function takenOff(payload: object, ...events: readonly ServedEvent[]): Promise<void> {
    const issues = [{ number: 5, labels: ['ui'] }];
    serveHistory(NAME, {
      issues,
      events: [...events],
      roles: { ada: 'triage' },
      asked: [],
      limited: 0,
    });
    const base = { action: 'unlabeled', installation: { id: 7 }, repository: { full_name: NAME } };
    const sender = { login: 'ada', type: 'User' };
    const whole = { ...base, issue: { number: 5 }, sender, ...payload };
    const delivery = {
      id: 'd',
      key: 'k',
      event: 'issues.unlabeled',
      payload: JSON.stringify(whole),
    };
    await handleDelivery({ ...delivery, attempts: 1, receivedAt: new Date() } as never, context);
  }
  const truth = async () => (await store.labelFeedback.ofIssue(NAME, 5))[0]?.truth;
  const event = { id: 9, issue: 5, event: 'unlabeled', label: 'bug', actor: 'ada' } as const;

  it('by a person who may triage is the truth', async () => {
    await takenOff({ label: { name: 'bug' } }, event);
    expect(await truth()).toBe('removed');
  });

  it('by an App in a person’s name says nothing', async () => {
    await takenOff({ label: { name: 'bug' } }, { ...event, viaApp: true });
    expect(await truth()).toBeNull();
  });

  it('because it was deleted says nothing, and the issue is known without it', async () => {
    await takenOff({});
    expect(await truth()).toBeNull();
    expect((await store.historyIssues.find(NAME, 5))?.labels).toBe('["ui"]');
  });
});

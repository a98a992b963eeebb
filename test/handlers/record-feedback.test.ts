import { beforeEach, describe, expect, it } from 'vitest';
import { createHeadReader } from '../../src/handlers/read-head.js';
import { recordFeedback } from '../../src/handlers/record-feedback.js';
import type { NewDelivery } from '../../src/queue/queue.js';
import type { Store } from '../../src/store/open-store.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { aDecision } from '../support/a-decision.js';
import { aHead, headInUse } from '../support/a-head.js';
import { useTestStore } from '../support/a-store.js';

const NAME = 'octo/widgets';
const LABEL = 'area: network';
let store: Store;
let queued: NewDelivery[];
/** Remembers heads, as it does for as long as the App runs. */
let heads: ReturnType<typeof createHeadReader>;

const HEAD = await aHead();

useTestStore((opened) => {
  store = opened;
});
beforeEach(async () => {
  queued = [];
  heads = createHeadReader(store);
  await store.heads.add(headInUse(NAME, HEAD, Date.now()));
  for (let issue = 1; issue <= 12; issue++) await decide(issue);
});

/** A decision that put a label on an issue, or by the second head on a pull request. */
async function decide(issue: number, version = 1, label = LABEL): Promise<void> {
  const decided_at = Date.now();
  await store.decisions.record(
    aDecision({ delivery_id: `d${issue}`, repository: NAME, issue, decided_at }),
  );
  const nothing = { truth: null, actor: null, role: null, at: null };
  await store.labelFeedback.propose([
    {
      delivery_id: `d${issue}`,
      label,
      repository: NAME,
      issue,
      head_version: version,
      proposed: 'applied',
      decided_at,
      ...nothing,
    },
  ]);
}

function takeOff(
  issue: number,
  label = LABEL,
  subject: 'issues' | 'pulls' = 'issues',
): Promise<void> {
  const person = { repository: NAME, login: 'ada', role: 'triage', trusted: 1, checked_at: 0 };
  return recordFeedback(
    { installationId: 7, repository: NAME, issue },
    { subject, label, truth: 'removed', person, at: Date.now() },
    {
      store,
      heads,
      queue: {
        enqueue: async (delivery) => {
          if (queued.some(({ id }) => id === delivery.id)) return 'duplicate';
          queued.push(delivery);
          return 'queued';
        },
      },
      logger: createLogger('silent'),
    },
  );
}

describe('what people do with labels after a decision', () => {
  it('is the truth about it, with who said so', async () => {
    await takeOff(1);
    expect(await store.labelFeedback.ofIssue(NAME, 1)).toMatchObject([
      { label: LABEL, proposed: 'applied', truth: 'removed', actor: 'ada', role: 'triage' },
    ]);
  });

  it('finds its label whatever the case', async () => {
    await takeOff(1, 'AREA: Network');
    expect(await store.labelFeedback.ofIssue(NAME, 1)).toHaveLength(1);
  });

  it('leaves a label in use that keeps the promise', async () => {
    await takeOff(1);
    expect(await store.labelSwitches.list()).toEqual([]);
    expect(queued).toEqual([]);
  });

  it('switches a label that fell below, tells once, and learns anew', async () => {
    await takeOff(1);
    expect((await heads.read(NAME))?.switched).toEqual(new Set());
    await takeOff(2);
    expect(await store.labelSwitches.list(NAME)).toMatchObject([
      { label: LABEL, put: 12, kept: 10, promise: 0.9, head_version: 1 },
    ]);
    await takeOff(3);
    expect(await store.labelSwitches.list(NAME)).toMatchObject([{ put: 12, kept: 10 }]);
    expect(queued).toMatchObject([{ event: 'sentinel.learn', key: 'octo/widgets@learning' }]);
    expect((await heads.read(NAME))?.switched).toEqual(new Set([LABEL]));
  });

  it('has a switched label learned anew although the process was killed before that was queued', async () => {
    await takeOff(1);
    await takeOff(2);
    queued = [];
    await takeOff(2);
    expect(queued).toMatchObject([{ event: 'sentinel.learn' }]);
    await takeOff(3);
    expect(queued).toHaveLength(1);
  });

  it('on pull requests is held against the head for pull requests', async () => {
    await store.heads.add({
      repository: NAME,
      subject: 'pulls',
      data_hash: HEAD.dataHash,
      in_use: 1,
      because: 'It is the first.',
      learned_at: Date.now(),
      head: JSON.stringify(HEAD),
    });
    for (let pull = 101; pull <= 112; pull++) await decide(pull, 2);
    await takeOff(101, LABEL, 'pulls');
    expect(await store.labelSwitches.list()).toEqual([]);
    await takeOff(102, LABEL, 'pulls');
    expect(await store.labelSwitches.list(NAME)).toMatchObject([
      { label: LABEL, put: 12, kept: 10, head_version: 2 },
    ]);
    expect(queued).toMatchObject([{ event: 'sentinel.learn' }]);
    expect((await heads.read(NAME, 'pulls'))?.switched).toEqual(new Set([LABEL]));
    expect((await heads.read(NAME))?.switched).toEqual(new Set());
  });

  it('is noted for a label that Sentinel did not propose', async () => {
    await takeOff(1, 'help wanted');
    expect(await store.labelFeedback.ofIssue(NAME, 1)).toMatchObject([
      { label: LABEL, truth: null },
      { label: 'help wanted', proposed: 'not', truth: 'removed' },
    ]);
  });

  it('breaks no promise about a label that was not learned, which has none', async () => {
    for (let issue = 201; issue <= 212; issue++) await decide(issue, 1, 'bug');
    for (let issue = 201; issue <= 206; issue++) await takeOff(issue, 'bug');
    expect(await store.labelSwitches.list()).toEqual([]);
    expect(queued).toEqual([]);
  });

  it('says nothing about issues that Sentinel never decided on', async () => {
    await takeOff(99);
    expect(await store.labelFeedback.ofIssue(NAME, 99)).toEqual([]);
  });
});

import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANGE_ENCODER } from '../../src/models/model-kind.js';
import {
  checksOf,
  openPull,
  type PullFacts,
  pullFacts,
  pullLabels,
  push,
} from '../support/pull-requests.js';
import { runSentinel, type Sentinel } from '../support/run-sentinel.js';
import { PULL_PERMISSIONS } from '../support/triage-pulls.js';

const NAME = 'octo/pulls';
const CONFIG = `pull_requests:
  check_run: true
  sizes:
    enabled: true
  paths:
    area-docs:
      - changed-files:
          - any-glob-to-any-file: docs/**
`;
const DOCS = {
  filename: 'docs/guide.md',
  additions: 4,
  patch:
    '@@ -1,2 +1,6 @@ # Guide\n+## Install\n+\n+Run `npm ci`, then open the page.\n+See the README.',
};

const noModel = !existsSync(path.join(CHANGE_ENCODER.directory, 'manifest.json'));

// Without the change encoder's files deliveries wait in the queue; there is nothing to see.
describe.skipIf(noModel)('pull requests, by signed webhooks to the real app', () => {
  let sentinel: Sentinel;
  let facts: PullFacts;

  beforeAll(async () => {
    facts = pullFacts();
    sentinel = await runSentinel({
      repositories: [
        {
          owner: 'octo',
          name: 'pulls',
          labels: ['documentation', 'bug', 'enhancement', 'size/XS', 'area-docs'].map((name) => ({
            name,
          })),
        },
      ],
      configs: { [NAME]: CONFIG },
      events: ['issues', 'pull_request'],
      permissions: PULL_PERMISSIONS,
      intercept: facts.intercept,
    });
    facts.follow(sentinel.github);
  });
  afterAll(() => sentinel?.close());

  it('an opened one is read, labelled, checked and recorded; pushes are decided once', async () => {
    sentinel.github.webhooks.hold();
    const title = 'docs: tell how to install it';
    const pull = await openPull(sentinel.maintainer, NAME, { title });
    facts.setFiles(NAME, pull.number, [DOCS]);
    sentinel.github.webhooks.release();
    const decision = await sentinel.decided(NAME, pull.number);
    expect(decision).toMatchObject({ event: 'pull_request.opened', outcome: 'applied' });
    const labels = await pullLabels(sentinel.maintainer, NAME, pull.number);
    expect(labels.toSorted()).toEqual(['area-docs', 'documentation', 'size/XS']);

    const opened = sentinel.github.webhooks.deliveries.find(
      ({ event, action }) => event === 'pull_request' && action === 'opened',
    );
    const payload = JSON.parse(opened?.body ?? '{}') as object;
    await push(sentinel.maintainer, NAME, pull.number);
    for (let pushes = 0; pushes < 3; pushes += 1) {
      const sent = sentinel.github.webhooks.send('pull_request', {
        ...payload,
        action: 'synchronize',
      });
      expect(await sent.answered).toBe(202);
    }
    await sentinel.decided(NAME, pull.number, 2);
    await sentinel.idle();
    expect(await sentinel.decisions(NAME, pull.number)).toHaveLength(2);
    const checks = await checksOf(sentinel.maintainer, NAME, pull.number);
    expect(checks).toMatchObject([{ name: 'Sentinel', conclusion: 'neutral' }]);
    const page = await (await fetch(`${sentinel.app.url}/decisions`)).text();
    expect(page).toContain('tell how to install it');
    expect(page).toContain('change-encoder');
  });
});

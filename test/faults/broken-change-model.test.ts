import { copyFileSync, existsSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANGE_ENCODER } from '../../src/models/model-kind.js';
import {
  findFreePort,
  type GitHub,
  labelsOf,
  MAINTAINER,
  openIssue,
  startGitHub,
  webhookUrlAt,
} from '../support/github-emulator.js';
import { openPull, type PullFacts, pullFacts, pullLabels } from '../support/pull-requests.js';
import { CLEAR, EAGER_CONFIG, until } from '../support/run-sentinel.js';
import { copyInstallation, spawnProgram, temporaryFolder } from '../support/spawn-program.js';
import { PULL_PERMISSIONS } from '../support/triage-pulls.js';

const NAME = 'octo/broken-change-model';
const MODEL = path.join('onnx', 'model_quantized.onnx');
const DOCS = {
  filename: 'docs/guide.md',
  additions: 2,
  patch: '@@ -1 +1,3 @@ # Guide\n+## Install\n+Run `npm ci`, then open the page.\n',
};
/** Damaged files are looked at again every half minute, and the delivery tries again after that. */
const RESTORED_WITHIN_MS = 120_000;

const noModel = !existsSync(path.join(CHANGE_ENCODER.directory, MODEL));

describe.skipIf(noModel)('a change encoder that is damaged at the start', () => {
  const place = temporaryFolder();
  let github: GitHub;
  let facts: PullFacts;

  beforeAll(async () => {
    facts = pullFacts();
    github = await startGitHub({
      appWebhookUrl: webhookUrlAt(await findFreePort()),
      secret: 'a-secret-for-tests-only-0123456789',
      repositories: [
        {
          owner: 'octo',
          name: 'broken-change-model',
          labels: [{ name: 'bug' }, { name: 'documentation' }],
          files: { '.github/sentinel.yml': EAGER_CONFIG },
        },
      ],
      users: ['reporter'],
      events: ['issues', 'pull_request'],
      permissions: PULL_PERMISSIONS,
      intercept: facts.intercept,
    });
    facts.follow(github);
  });
  afterAll(async () => {
    await github?.close();
    place.remove();
  });

  it('is named by /readyz; pull requests wait for it, issues do not', {
    timeout: 2 * RESTORED_WITHIN_MS,
  }, async () => {
    copyInstallation(place.folder);
    const modelFile = path.join(place.folder, 'models', 'change-encoder', MODEL);
    truncateSync(modelFile, 1000);
    const program = await spawnProgram({
      folder: place.folder,
      installation: place.folder,
      environment: {
        APP_ID: github.appId,
        PRIVATE_KEY: github.privateKey,
        WEBHOOK_SECRET: github.webhookSecret,
        GITHUB_API_URL: github.url,
        DATABASE_URL: `sqlite:${path.join(place.folder, 'sentinel.sqlite')}`,
      },
    });
    try {
      github.webhooks.deliverTo(`${program.url}/api/github/webhooks`);
      await until(
        async () =>
          (await program.answers('/readyz', 503)).includes(
            `${path.join('change-encoder', MODEL)} is corrupt`,
          )
            ? true
            : undefined,
        'the file by name',
      );
      const maintainer = await github.as(MAINTAINER);
      const reporter = await github.as('reporter');
      github.webhooks.hold();
      const title = 'docs: tell how to install it';
      const { number } = await openPull(maintainer, NAME, { title });
      facts.setFiles(NAME, number, [DOCS]);
      github.webhooks.release();
      const opened = await until(
        async () => github.webhooks.deliveries.find(({ event }) => event === 'pull_request'),
        'the webhook',
      );
      expect(await opened.answered).toBe(202);

      const issue = await openIssue(reporter, NAME, CLEAR.bug);
      await until(
        async () =>
          (await labelsOf(reporter, NAME, issue.number)).includes('bug') ? true : undefined,
        'a label on the issue',
      );
      expect(facts.asked).toEqual([]);
      expect(await pullLabels(maintainer, NAME, number)).toEqual([]);

      copyFileSync(path.join(CHANGE_ENCODER.directory, MODEL), modelFile);
      await program.answers('/readyz', 200);
      await until(
        async () =>
          (await pullLabels(maintainer, NAME, number)).includes('documentation') ? true : undefined,
        'a label on the pull request',
        RESTORED_WITHIN_MS,
      );
    } finally {
      expect(await program.end()).toBe(0);
    }
  });
});

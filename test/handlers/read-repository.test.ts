import nock from 'nock';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfigProblems } from '../../src/dashboard/read-config-problems.js';
import { createRepositoryReader } from '../../src/handlers/read-repository.js';
import type { Store } from '../../src/store/open-store.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { API, anInstallation, closeNetwork, openNetwork } from '../github/an-installation.js';
import { useTestStore } from '../support/a-store.js';

const NAME = 'octo/widgets';
const FILE = `/repos/${NAME}/contents/.github%2Fsentinel.yml`;
let store: Store;

useTestStore((opened) => {
  store = opened;
});
beforeEach(closeNetwork);
afterEach(openNetwork);

const modeNow = async () => {
  const logger = createLogger('silent');
  return (await createRepositoryReader({ store, logger }).config(anInstallation(), NAME)).mode;
};

it('does not act on its own because the configuration may no longer be read', async () => {
  const content = Buffer.from('mode: shadow\n').toString('base64');
  nock(API).get(FILE).reply(200, { type: 'file', encoding: 'base64', content });
  expect(await modeNow()).toBe('shadow');
  nock(API).get(FILE).reply(403, { message: 'Resource not accessible by integration' });
  expect(await modeNow()).toBe('shadow');
  expect(await readConfigProblems(store.db)).toMatchObject([
    {
      repository: NAME,
      errors: [{ message: expect.stringContaining('contents: read') }],
      inForce: { kind: 'last good', mode: 'shadow' },
    },
  ]);
});

it.each([
  ['more than GitHub sends', { type: 'file', encoding: 'none', content: '' }],
  ['a folder', []],
])('the last good configuration holds where the file becomes %s', async (_, answer) => {
  const content = Buffer.from('mode: shadow\n').toString('base64');
  nock(API).get(FILE).reply(200, { type: 'file', encoding: 'base64', content });
  expect(await modeNow()).toBe('shadow');
  nock(API).get(FILE).reply(200, answer);
  expect(await modeNow()).toBe('shadow');
  const { errors } = (await store.configurations.find(NAME)) ?? {};
  expect(errors).toContain('is not a text file, or larger than GitHub sends');
});

import nock from 'nock';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { upsertCheckRun } from '../../src/github/upsert-check-run.js';
import { API, anInstallation, closeNetwork, openNetwork } from './an-installation.js';

const SHA = 'a'.repeat(40);
const CHECK = { title: 'feat · size S', summary: 'What was found.' };
const CHECKS = '/repos/octo/widgets/check-runs';

beforeEach(closeNetwork);
afterEach(openNetwork);

function foretellChecks(checks: readonly object[]): void {
  nock(API)
    .get(`/repos/octo/widgets/commits/${SHA}/check-runs`)
    .query({ check_name: 'Sentinel', per_page: 100 })
    .reply(200, { total_count: checks.length, check_runs: checks });
}

const show = (check = CHECK) => upsertCheckRun(anInstallation(), 'octo/widgets', SHA, check);
const own = (output: object) => ({ id: 5, app: { slug: 'sentinel' }, output });

it('is created, neutral', async () => {
  foretellChecks([{ id: 4, app: { slug: 'another' }, output: CHECK }]);
  nock(API)
    .post(CHECKS, {
      name: 'Sentinel',
      head_sha: SHA,
      status: 'completed',
      conclusion: 'neutral',
      output: CHECK,
    })
    .reply(201, { id: 5 });
  expect(await show()).toBe('created');
});

it('is changed where it reads otherwise, and left where it reads so already', async () => {
  for (const before of [{ title: 'docs' }, { summary: 'Before.' }]) {
    foretellChecks([own({ ...CHECK, ...before })]);
    nock(API)
      .patch(`${CHECKS}/5`, { status: 'completed', conclusion: 'neutral', output: CHECK })
      .reply(200, { id: 5 });
    expect(await show()).toBe('edited');
  }
  foretellChecks([own(CHECK)]);
  expect(await show()).toBeNull();
});

it('is cut to what GitHub takes', async () => {
  foretellChecks([]);
  nock(API)
    .post(CHECKS, ({ output }) => output.summary.length === 65_535)
    .reply(201, { id: 5 });
  expect(await show({ ...CHECK, summary: 'x'.repeat(100_000) })).toBe('created');
});

it('without the permission nothing is thrown', async () => {
  nock(API)
    .get(`/repos/octo/widgets/commits/${SHA}/check-runs`)
    .query(true)
    .reply(403, { message: 'Resource not accessible by integration' });
  expect(await show()).toBe('forbidden');
});

it('other failures are thrown, for another try', async () => {
  foretellChecks([]);
  nock(API).post(CHECKS).reply(502, { message: 'No' });
  await expect(show()).rejects.toThrow();
});

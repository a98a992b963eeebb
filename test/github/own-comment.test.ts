import nock from 'nock';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RefusedError } from '../../src/github/github-error.js';
import { removeComment } from '../../src/github/own-comment.js';
import { API, anInstallation, closeNetwork, openNetwork } from './an-installation.js';

const ISSUE = '/repos/octo/widgets/issues/5';
const MARKER = '<!-- a-marker -->';

beforeEach(closeNetwork);
afterEach(openNetwork);

const remove = () => removeComment(anInstallation(), 'octo/widgets', 5, MARKER);
const by = (login: string | null, id: number, body: string | null = `${MARKER}\nwords`) => ({
  id,
  body,
  user: login === null ? null : { login },
});
const has = (comments: readonly object[]) =>
  nock(API)
    .get(`${ISSUE}/comments`)
    .query({ per_page: 100 })
    .reply(200, [...comments]);
const deletes = (id: number, status: number, answer = {}) =>
  nock(API).delete(`/repos/octo/widgets/issues/comments/${id}`).reply(status, answer);

it('removes all of the App’s comments with the marker, and no other', async () => {
  has([
    by('octocat', 1),
    by(null, 2),
    by('sentinel[bot]', 3),
    by('sentinel[bot]', 4, 'Thank you!'),
    by('Sentinel[bot]', 5),
    by('sentinel[bot]', 6, null),
  ]);
  const calls = [deletes(3, 204), deletes(5, 204)];
  expect(await remove()).toBe('removed');
  expect(calls.every((call) => call.isDone())).toBe(true);
});

it('does nothing where there is none', async () => {
  has([by('octocat', 1)]);
  expect(await remove()).toBeNull();
});

it('takes one that is gone already for removed', async () => {
  has([by('sentinel[bot]', 3), by('sentinel[bot]', 4)]);
  deletes(3, 404, { message: 'Not Found' });
  const second = deletes(4, 204);
  expect(await remove()).toBe('removed');
  expect(second.isDone()).toBe(true);
});

it('says what GitHub refused', async () => {
  has([by('sentinel[bot]', 3)]);
  deletes(3, 403, { message: 'Resource not accessible by integration' });
  const failure = await remove().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(RefusedError);
  expect(String(failure)).toContain('remove the comment');
});

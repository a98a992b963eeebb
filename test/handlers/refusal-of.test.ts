import { RequestError } from '@octokit/request-error';
import { describe, expect, it } from 'vitest';
import { explainGitHubError } from '../../src/github/github-error.js';
import { refusalOf } from '../../src/handlers/refusal-of.js';
import { readRetryAdvice } from '../../src/queue/retry-policy.js';

function answered(status: number): unknown {
  const request = { method: 'GET' as const, url: 'https://api.github.com/x', headers: {} };
  const response = { status, url: request.url, headers: {}, data: {}, retryCount: 0 };
  return explainGitHubError(new RequestError('No', status, { request, response }), 'read it');
}

const ago = (seconds: number, attempt = 1) => ({
  attempt,
  receivedAt: new Date(Date.now() - seconds * 1000),
});
const thrown = (error: unknown, delivery: ReturnType<typeof ago>): unknown => {
  try {
    refusalOf(error, delivery);
    return undefined;
  } catch (failure) {
    return failure;
  }
};

describe('what GitHub refuses', () => {
  it.each([
    ['not found, of an event that is not new', 404, ago(6)],
    ['not found for the third time, whatever the clock says', 404, ago(-3600, 3)],
    ['deleted, of a new event', 410, ago(0)],
    ['forbidden, of a new event', 403, ago(0)],
  ])('is the end of a delivery: %s', (_, status, delivery) => {
    const error = answered(status);
    expect(refusalOf(error, delivery)).toBe(error);
  });

  it.each([1, 2])(
    'is tried again when GitHub does not find what it has just told of: %i',
    (attempt) => {
      const failure = thrown(answered(404), ago(1, attempt));
      expect(failure).toMatchObject({
        name: 'NotYetFoundError',
        message: expect.stringContaining('read it'),
      });
      expect(readRetryAdvice(failure)).toEqual({ permanent: false, retryAt: null });
    },
  );

  it('is not what else may fail', () => {
    const error = answered(502);
    expect(thrown(error, ago(60))).toBe(error);
  });
});

import { RequestError } from '@octokit/request-error';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AddressError,
  asking,
  CredentialsError,
  explainGitHubError,
  FailedCallError,
  isGone,
  isUnanswered,
  RateLimitedError,
  RefusedError,
} from '../../src/github/github-error.js';
import { readRetryAdvice } from '../../src/queue/retry-policy.js';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const inSeconds = (seconds: number): string => new Date(NOW + seconds * 1000).toISOString();

function failed(status: number, message: string, headers: Record<string, string> = {}) {
  const request = { method: 'GET' as const, url: 'https://api.github.com/x', headers: {} };
  const response = { status, url: request.url, headers, data: { message }, retryCount: 0 };
  return new RequestError(message, status, { request, response });
}

const explain = (status: number, message: string, headers?: Record<string, string>) =>
  explainGitHubError(failed(status, message, headers), 'add labels', NOW);

describe('what cannot be done, now or later', () => {
  it.each([
    [403, 'Resource not accessible by integration', 'forbidden'],
    [403, 'Forbidden', 'forbidden'],
    [403, 'Repository was archived so is read-only.', 'archived'],
    [403, 'This installation has been suspended', 'suspended'],
    [403, 'Unable to create comment because issue is locked.', 'locked'],
    [404, 'Not Found', 'gone'],
    [410, 'This issue was deleted', 'gone'],
    [422, 'Validation Failed', 'invalid'],
  ])('%d "%s" is refused as %s', (status, message, code) => {
    const error = explain(status, message);
    expect(error).toBeInstanceOf(RefusedError);
    expect(error).toMatchObject({ code, permanent: true });
    expect(String(error)).toContain('Could not add labels');
  });

  it('are not credentials that GitHub does not accept: those can be set right', () => {
    const error = explain(401, 'Bad credentials');
    expect(error).toBeInstanceOf(CredentialsError);
    expect(String(error)).toContain('Could not add labels');
    expect(readRetryAdvice(error)).toEqual({ permanent: false, retryAt: null });
  });

  it.each([
    'the `octo` organization has an IP allow list enabled, and your IP address is not permitted',
    'the `archived` organization has an IP allow list enabled, and 203.0.113.9 is not permitted',
  ])('nor an address that an IP allow list lacks: %s', (part) => {
    const said = `Although you appear to have the correct authorization credentials, ${part} to access this resource.`;
    const error = explain(403, said);
    expect(error).toBeInstanceOf(AddressError);
    expect(String(error)).toContain('Could not add labels: the organisation’s IP allow list');
    expect(readRetryAdvice(error)).toEqual({ permanent: false, retryAt: null });
    expect(isGone(error)).toBe(false);
  });

  it('counts as gone when it is not there or not to be seen', () => {
    expect(isGone(explain(404, 'Not Found'))).toBe(true);
    expect(isGone(explain(403, 'Forbidden'))).toBe(true);
    expect(isGone(explain(403, 'archived'))).toBe(false);
    expect(isGone(explain(502, 'Bad Gateway'))).toBe(false);
  });
});

it('tells a call that nobody answered from one that failed', () => {
  const request = { method: 'GET' as const, url: 'https://api.github.com/x', headers: {} };
  expect(isUnanswered(new RequestError('getaddrinfo ENOTFOUND', 500, { request }))).toBe(true);
  expect(isUnanswered(failed(500, 'Server Error'))).toBe(false);
  expect(isUnanswered(new Error('other'))).toBe(false);
});

describe('a rate limit', () => {
  it.each<[string, number, Record<string, string>, string, string]>([
    ['Retry-After in seconds', 429, { 'retry-after': '30' }, 'Too many', inSeconds(30)],
    ['Retry-After on a 403', 403, { 'retry-after': '5' }, 'secondary rate limit', inSeconds(5)],
    [
      'Retry-After as a date',
      429,
      { 'retry-after': new Date(NOW + 90_000).toUTCString() },
      'Too many',
      inSeconds(90),
    ],
    ['Retry-After that is no time', 429, { 'retry-after': 'soon' }, 'Too many', inSeconds(60)],
    [
      'no calls left until the reset',
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 600) },
      'API rate limit exceeded',
      inSeconds(601),
    ],
    [
      'a reset that has passed',
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 - 600) },
      'API rate limit exceeded',
      inSeconds(1),
    ],
    [
      'no calls left and no reset',
      403,
      { 'x-ratelimit-remaining': '0' },
      'API rate limit exceeded',
      inSeconds(60),
    ],
    [
      'a secondary limit that says nothing more',
      403,
      { 'x-ratelimit-remaining': '4000' },
      'You have exceeded a secondary rate limit',
      inSeconds(60),
    ],
    ['429 and nothing more', 429, {}, 'Slow down', inSeconds(60)],
  ])('is waited for: %s', (_, status, headers, message, until) => {
    const error = explain(status, message, headers);
    expect(error).toBeInstanceOf(RateLimitedError);
    if (error instanceof RateLimitedError) expect(error.retryAt.toISOString()).toBe(until);
  });

  it('is not seen where calls are left', () => {
    expect(explain(403, 'Forbidden', { 'x-ratelimit-remaining': '12' })).toBeInstanceOf(
      RefusedError,
    );
  });
});

describe('anything else', () => {
  it.each([500, 502, 503, 504, 409, 400])('%d is worth another try', (status) => {
    const cause = failed(status, 'Something');
    const error = explainGitHubError(cause, 'add labels', NOW);
    expect(error).toBeInstanceOf(FailedCallError);
    expect(error).toMatchObject({
      message: `Could not add labels: GitHub answered ${status} (Something).`,
      status,
      cause,
    });
    expect(readRetryAdvice(error)).toEqual({ permanent: false, retryAt: null });
  });

  it.each(['<html><h1>Unicorn!</h1></html>', ''])(
    'says what failed where the answer is "%s"',
    (page) => {
      const request = { method: 'GET' as const, url: 'https://api.github.com/x', headers: {} };
      const response = { status: 503, url: request.url, headers: {}, data: page, retryCount: 0 };
      const error = new RequestError(page, 503, { request, response });
      expect(explainGitHubError(error, 'add labels', NOW)).toMatchObject({
        message: 'Could not add labels: GitHub answered 503.',
      });
    },
  );

  it('says what failed where nobody answered', () => {
    const request = { method: 'GET' as const, url: 'https://api.github.com/x', headers: {} };
    const error = explainGitHubError(new RequestError('other side closed', 500, { request }), 'x');
    expect(error).toMatchObject({
      message: 'Could not x: GitHub did not answer (other side closed).',
    });
    expect(isUnanswered(error)).toBe(true);
  });

  it('that is no answer of GitHub stays as it is', () => {
    for (const error of [new TypeError('fetch failed'), 'text', null, undefined]) {
      expect(explainGitHubError(error, 'x', NOW)).toBe(error);
    }
  });

  it('is passed on by asking, like the answer itself', async () => {
    expect(await asking('x', async () => 7)).toBe(7);
    const call = async () => {
      throw failed(404, 'Not Found');
    };
    await expect(asking('read the issue', call)).rejects.toMatchObject({ code: 'gone' });
  });
});

it('headers that make no sense never make it throw, and waits stay dates', () => {
  const text = fc.oneof(fc.string(), fc.double().map(String), fc.constantFrom('1e300', '-1e300'));
  fc.assert(
    fc.property(
      fc.constantFrom(403, 429),
      text,
      text,
      fc.boolean(),
      (status, after, reset, has) => {
        const headers = {
          ...(has ? { 'retry-after': after } : {}),
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': reset,
        };
        const error = explain(status, 'API rate limit exceeded', headers);
        expect(error).toBeInstanceOf(RateLimitedError);
        if (error instanceof RateLimitedError) {
          expect(Number.isFinite(error.retryAt.getTime())).toBe(true);
        }
      },
    ),
  );
});

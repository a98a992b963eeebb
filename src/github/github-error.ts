import { RequestError } from '@octokit/request-error';
import { z } from 'zod';

/** GitHub will not do this now or later: recorded, not retried. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly permanent = true;

  constructor(
    /** `gone`, `forbidden`, `archived`, `locked`, `invalid` or `suspended`. */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * GitHub does not know the App by its key or token. That says nothing about what was asked for: it is
 * worth other tries, and is kept for whoever sets the key right later.
 */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
}

/**
 * An organisation takes no calls from this machine's address. Like credentials, that is set right by
 * someone, and says nothing about what was asked for.
 */
export class AddressError extends Error {
  override readonly name = 'AddressError';
}

/** GitHub asks to wait; `retryAt` is when it says to come back. */
export class RateLimitedError extends Error {
  override readonly name = 'RateLimitedError';

  constructor(
    readonly retryAt: Date,
    options?: ErrorOptions,
  ) {
    super(`GitHub's rate limit is reached; next try at ${retryAt.toISOString()}`, options);
  }
}

/** GitHub failed, or did not answer at all: worth other tries. */
export class FailedCallError extends Error {
  override readonly name = 'FailedCallError';
  /** 500 where there was no answer, as Octokit has it. */
  readonly status: number;

  constructor(what: string, cause: RequestError) {
    super(`Could not ${what}: ${failureText(cause)}`, { cause });
    this.status = cause.status;
  }
}

/** What came back is none of GitHub's answers, whatever its status says: worth other tries. */
export class BrokenAnswerError extends Error {
  override readonly name = 'BrokenAnswerError';

  constructor(method: string, url: string, status: number) {
    const { pathname } = new URL(url);
    super(
      `${method} ${pathname} was answered with ${status}, but not with JSON: most likely by a proxy on the way, or while GitHub is under maintenance.`,
    );
  }
}

/** GitHub's advice where it limits without saying for how long. */
const UNSAID_WAIT_MS = 60_000;
/** No limit of GitHub's lasts longer; a header that says so is broken. */
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

/**
 * Says what a failed call means: to wait, to give up, or, for anything else, that it failed and is
 * worth another try. What is no failed call is given back as it is.
 *
 * Source: "Rate limits for the REST API", "Best practices for using the REST API" and "Managing allowed
 * IP addresses for a GitHub App", GitHub docs.
 *
 * @param what the call in words, for the message, e.g. `add labels`
 */
export function explainGitHubError(error: unknown, what: string, now = Date.now()): unknown {
  if (!(error instanceof RequestError)) {
    return error;
  }
  const retryAt = waitFor(error, now);
  if (retryAt) {
    return new RateLimitedError(retryAt, { cause: error });
  }
  const refuse = (code: string, text: string) =>
    new RefusedError(code, `Could not ${what}: ${text}`, { cause: error });
  switch (error.status) {
    case 401:
      return new CredentialsError(
        `Could not ${what}: GitHub does not accept the App’s credentials.`,
        { cause: error },
      );
    case 403:
      // First: this message has the organisation's name in it, which may be any word.
      if (/\bIP allow list\b/i.test(error.message)) {
        return new AddressError(
          `Could not ${what}: the organisation’s IP allow list on GitHub lacks this machine’s ` +
            'address. Have an owner of the organisation add it.',
          { cause: error },
        );
      }
      if (/archived/i.test(error.message)) {
        return refuse('archived', 'the repository is archived.');
      }
      if (/suspended/i.test(error.message)) {
        return refuse('suspended', 'the installation is suspended.');
      }
      return /locked/i.test(error.message)
        ? refuse('locked', 'the conversation is locked.')
        : refuse('forbidden', 'the App lacks the permission.');
    case 404:
    case 410:
      return refuse('gone', 'it is deleted, or the App no longer has access.');
    case 422:
      return refuse('invalid', 'GitHub found the request invalid.');
    default:
      return new FailedCallError(what, error);
  }
}

const answerSchema = z.object({ message: z.string() });

/** Octokit gives a page for people as the message, or none for an empty answer: neither says why. */
function failureText(error: RequestError): string {
  const { response, status } = error;
  if (response === undefined) return `GitHub did not answer (${error.message}).`;
  const told = answerSchema.safeParse(response.data).data?.message;
  return `GitHub answered ${status}${told ? ` (${told})` : ''}.`;
}

/** Runs a call and throws what its failure means. */
export async function asking<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw explainGitHubError(error, what);
  }
}

/** Whether a call failed without any answer: no network, no such host, or it took too long. */
export function isUnanswered(error: unknown): boolean {
  const failed = error instanceof FailedCallError ? error.cause : error;
  return failed instanceof RequestError && failed.response === undefined;
}

/** Whether GitHub refused a call, and with this code. */
export function isRefused(error: unknown, code: string): boolean {
  return error instanceof RefusedError && error.code === code;
}

/** Whether GitHub did not find it, as it also answers for what is very new; deleted is another answer. */
export function isNotFound(error: RefusedError): boolean {
  return error.cause instanceof RequestError && error.cause.status === 404;
}

/** Whether a call failed because the thing is not there or not to be seen. */
export function isGone(error: unknown): boolean {
  return isRefused(error, 'gone') || isRefused(error, 'forbidden');
}

function waitFor(error: RequestError, now: number): Date | null {
  if (error.status !== 403 && error.status !== 429) {
    return null;
  }
  const headers = error.response?.headers ?? {};
  const at = (time: number) => {
    const wanted = Number.isNaN(time) ? now + UNSAID_WAIT_MS : time;
    return new Date(Math.min(Math.max(wanted, now), now + LONGEST_WAIT_MS));
  };
  const after = headers['retry-after'];
  if (after !== undefined) {
    const seconds = Number(after);
    return at(Number.isNaN(seconds) ? Date.parse(String(after)) : now + seconds * 1000);
  }
  if (headers['x-ratelimit-remaining'] === '0') {
    const reset = Number(headers['x-ratelimit-reset']) * 1000;
    return at(Math.max(reset, now) + 1000);
  }
  return error.status === 429 || /rate limit/i.test(error.message)
    ? at(now + UNSAID_WAIT_MS)
    : null;
}

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Interference, labelsOf, openIssue } from '../support/github-emulator.js';
import { CLEAR, EAGER_CONFIG, runSentinel, type Sentinel } from '../support/run-sentinel.js';

const NAME = 'octo/limited';
/** A delivery that fails this often for itself is given up. */
const MAX_ATTEMPTS = 8;
let sentinel: Sentinel;

beforeAll(async () => {
  sentinel = await runSentinel({
    repositories: [{ owner: 'octo', name: 'limited', labels: [{ name: 'bug' }] }],
    configs: { [NAME]: EAGER_CONFIG },
  });
});
afterAll(() => sentinel?.close());
afterEach(() => sentinel.github.api.interfere(null));

/** The primary limit, reset this second: the wait is the second after it. */
function limited(): Interference {
  return {
    kind: 'answer',
    status: 403,
    body: { message: 'API rate limit exceeded for installation ID 7.' },
    headers: {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.floor(Date.now() / 1000)),
    },
  };
}

describe('a rate limit', () => {
  it('met more often than a delivery may fail is still only waited for', async () => {
    let met = 0;
    sentinel.github.api.interfere(({ method, path }) => {
      if (method !== 'GET' || !/\/issues\/\d+$/.test(path) || met > MAX_ATTEMPTS) return undefined;
      met += 1;
      return limited();
    });
    const { number } = await openIssue(sentinel.reporter, NAME, CLEAR.bug);
    const decision = await sentinel.decided(NAME, number);
    expect(met).toBe(MAX_ATTEMPTS + 1);
    expect(decision.outcome).toBe('applied');
    expect(await labelsOf(sentinel.reporter, NAME, number)).toEqual(['bug']);
  });

  it('of one issue holds up no other', async () => {
    let waiting = true;
    const first = await openIssue(sentinel.reporter, NAME, CLEAR.bug);
    await sentinel.decided(NAME, first.number);
    sentinel.github.api.interfere(({ method, path }) =>
      waiting && method === 'GET' && path.endsWith(`/issues/${first.number + 1}`)
        ? limited()
        : undefined,
    );
    const held = await openIssue(sentinel.reporter, NAME, CLEAR.bug);
    const free = await openIssue(sentinel.reporter, NAME, CLEAR.bug);
    await sentinel.decided(NAME, free.number);
    expect(await sentinel.decisions(NAME, held.number)).toEqual([]);
    waiting = false;
    await sentinel.decided(NAME, held.number);
    expect(await labelsOf(sentinel.reporter, NAME, held.number)).toEqual(['bug']);
  });
});

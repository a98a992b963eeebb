import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backoffMs,
  DEFAULT_BACKOFF,
  decideRetry,
  errorText,
  MAX_ATTEMPTS,
  MAX_ERROR_LENGTH,
  MAX_WAIT_MS,
  readRetryAdvice,
  WAIT_GRACE_MS,
} from '../../src/queue/retry-policy.js';

const NOW = new Date('2026-01-01T12:00:00Z');
const ATTEMPT = { error: new Error('x'), attempt: 1, receivedAt: NOW, now: NOW, random: 0.5 };
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

function inMs(milliseconds: number): Date {
  return new Date(NOW.getTime() + milliseconds);
}

describe('backoff', () => {
  it('grows from two seconds to the cap, halved at most', () => {
    const longest = [1, 2, 3, 4, 5, 6, 7].map((attempt) => backoffMs(attempt, 0.999999999));
    expect(longest.map((ms) => Math.round(ms / 1000))).toEqual([2, 8, 32, 128, 512, 600, 600]);
    const shortest = [1, 2, 3, 4, 5, 6, 7].map((attempt) => backoffMs(attempt, 0));
    expect(shortest.map((ms) => ms / 1000)).toEqual([1, 4, 16, 64, 256, 300, 300]);
  });

  it('stays between half the first step and the cap, whatever the attempt', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), chance, (attempt, random) => {
        const delay = backoffMs(attempt, random);
        expect(delay).toBeGreaterThanOrEqual(DEFAULT_BACKOFF.baseMs / 2);
        expect(delay).toBeLessThanOrEqual(DEFAULT_BACKOFF.capMs);
      }),
    );
  });
});

describe('a failed attempt', () => {
  it('is tried again until the last one', () => {
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
      expect(decideRetry({ ...ATTEMPT, attempt })).toMatchObject({ kind: 'retry', counted: true });
    }
    expect(decideRetry({ ...ATTEMPT, attempt: MAX_ATTEMPTS })).toEqual({ kind: 'dead' });
    expect(decideRetry({ ...ATTEMPT, attempt: MAX_ATTEMPTS + 5 })).toEqual({ kind: 'dead' });
  });

  it('is dead at once when it is permanent, even with a time to wait until', () => {
    const error = { permanent: true, retryAt: inMs(1000) };
    expect(decideRetry({ ...ATTEMPT, error })).toEqual({ kind: 'dead' });
  });

  it('waits at least as long as asked, at most two hours and a second, for free', () => {
    const waits = fc.integer({ min: 1, max: 10 * MAX_WAIT_MS });
    const attempts = fc.integer({ min: 1, max: MAX_ATTEMPTS + 1 });
    fc.assert(
      fc.property(waits, attempts, chance, (wait, attempt, random) => {
        const error = { retryAt: inMs(wait) };
        const decision = decideRetry({ ...ATTEMPT, error, attempt, random });
        if (decision.kind === 'dead') throw new Error('a wait burned the attempts');
        expect(decision.counted).toBe(false);
        expect(decision.delayMs).toBeGreaterThanOrEqual(Math.min(wait, MAX_WAIT_MS));
        expect(decision.delayMs).toBeLessThanOrEqual(Math.min(wait, MAX_WAIT_MS) + 1000);
      }),
    );
  });

  it('counts a wait that is over already, and backs off', () => {
    const error = { retryAt: inMs(-1) };
    expect(decideRetry({ ...ATTEMPT, error })).toEqual({
      kind: 'retry',
      counted: true,
      delayMs: 1500,
    });
    expect(decideRetry({ ...ATTEMPT, error, attempt: MAX_ATTEMPTS })).toEqual({ kind: 'dead' });
  });

  it('counts waits once the delivery is a day old', () => {
    const error = { retryAt: inMs(5000) };
    const receivedAt = inMs(-WAIT_GRACE_MS);
    expect(decideRetry({ ...ATTEMPT, error, receivedAt })).toEqual({
      kind: 'retry',
      counted: true,
      delayMs: 5500,
    });
    const last = { ...ATTEMPT, error, receivedAt, attempt: MAX_ATTEMPTS };
    expect(decideRetry(last)).toEqual({ kind: 'dead' });
  });
});

describe('advice', () => {
  it('is found in a cause', () => {
    const retryAt = inMs(1);
    const error = new Error('outer', { cause: new Error('middle', { cause: { retryAt } }) });
    expect(readRetryAdvice(error)).toEqual({ retryAt, permanent: false });
    expect(readRetryAdvice(new Error('x', { cause: { permanent: true } })).permanent).toBe(true);
  });

  it('is nothing for whatever isn’t advice, and never throws', () => {
    const looped: { cause?: unknown } = {};
    looped.cause = looped;
    const hostile = {
      get retryAt() {
        throw new Error('no');
      },
    };
    const strange = [looped, hostile, { retryAt: 'soon' }, { retryAt: new Date(Number.NaN) }];
    for (const error of [...strange, { permanent: 'yes' }, null, undefined, 'text', 7]) {
      expect(readRetryAdvice(error)).toEqual({ retryAt: null, permanent: false });
    }
    fc.assert(fc.property(fc.anything(), (error) => void readRetryAdvice(error)));
  });
});

describe('the stored text of an error', () => {
  it('is the message', () => {
    expect(errorText(new Error('HTTP 502'))).toBe('HTTP 502');
    expect(errorText('just text')).toBe('just text');
    expect(errorText(new TypeError(''))).toBe('TypeError');
    expect(errorText('')).toBe('An error without a message.');
    expect(errorText(Object.create(null))).toBe('An error that cannot be shown.');
  });

  it('is bounded and plain, whatever was thrown', () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 });
    const texts = fc
      .tuple(units, fc.nat({ max: 500 }))
      .map(([codes, times]) => String.fromCharCode(...codes).repeat(times));
    fc.assert(
      fc.property(texts, fc.boolean(), (text, wrapped) => {
        const stored = errorText(wrapped ? new Error(text) : text);
        expect(stored.length).toBeGreaterThan(0);
        expect(stored.length).toBeLessThanOrEqual(MAX_ERROR_LENGTH);
        expect(stored).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      }),
    );
    expect(errorText('😀'.repeat(5000))).toHaveLength(MAX_ERROR_LENGTH - 1);
  });
});

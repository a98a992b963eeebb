import { describe, expect, it } from 'vitest';
import { brokePromise, LIVE_DAYS, livePrecision } from '../../src/learning/live-precision.js';

describe('livePrecision', () => {
  it('is the share that nobody took off, and unknown where none was put on', () => {
    expect(livePrecision({ put: 4, kept: 3 })).toBe(0.75);
    expect(livePrecision({ put: 1, kept: 0 })).toBe(0);
    expect(livePrecision({ put: 0, kept: 0 })).toBeNull();
    expect(LIVE_DAYS).toBe(30);
  });
});

describe('brokePromise', () => {
  it.each([
    [9, 0, false],
    [10, 8, true],
    [10, 9, false],
    [10, 10, false],
    [1000, 899, true],
    [0, 0, false],
  ])('of %i put on people let %i be, 90 %% are promised: %s', (put, kept, broken) => {
    expect(brokePromise({ put, kept }, 0.9)).toBe(broken);
  });
});

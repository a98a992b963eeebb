import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { everyNight } from '../../src/handlers/every-night.js';

const HOUR_MS = 3_600_000;

describe('everyNight', () => {
  let rang: Date[];
  const ring = () => rang.push(new Date());
  const hoursOf = () => rang.map((date) => `${date.getDate()} ${date.getHours()}`);

  beforeEach(() => {
    rang = [];
    vi.useFakeTimers({ now: new Date(2026, 0, 10, 14, 30) });
  });
  afterEach(() => vi.useRealTimers());

  it('rings at the hour of each night', () => {
    everyNight(3, ring);
    vi.advanceTimersByTime(12 * HOUR_MS);
    expect(rang).toEqual([]);
    vi.advanceTimersByTime(60 * HOUR_MS);
    expect(hoursOf()).toEqual(['11 3', '12 3', '13 3']);
  });

  it('rings the same night when it is started just before', () => {
    vi.setSystemTime(new Date(2026, 0, 10, 2, 59, 59));
    everyNight(3, ring);
    vi.advanceTimersByTime(2000);
    expect(hoursOf()).toEqual(['10 3']);
  });

  it('waits for the next night when it is started on the hour', () => {
    vi.setSystemTime(new Date(2026, 0, 10, 3));
    everyNight(3, ring);
    vi.advanceTimersByTime(23 * HOUR_MS);
    expect(rang).toEqual([]);
    vi.advanceTimersByTime(HOUR_MS);
    expect(hoursOf()).toEqual(['11 3']);
  });

  it('rings once where the timer is early', () => {
    everyNight(3, ring);
    vi.setSystemTime(new Date(2026, 0, 10, 14, 29, 59, 999));
    vi.advanceTimersByTime(14 * HOUR_MS);
    expect(hoursOf()).toEqual(['11 2']);
    vi.advanceTimersByTime(24 * HOUR_MS);
    expect(hoursOf()).toEqual(['11 2', '12 3']);
  });

  it('goes on where the task throws', () => {
    everyNight(3, () => {
      ring();
      throw new Error('not tonight');
    });
    expect(() => vi.advanceTimersToNextTimer()).toThrow('not tonight');
    expect(() => vi.advanceTimersToNextTimer()).toThrow('not tonight');
    expect(hoursOf()).toEqual(['11 3', '12 3']);
  });

  it('is silent once it is ended', () => {
    everyNight(3, ring)();
    vi.advanceTimersByTime(48 * HOUR_MS);
    expect(rang).toEqual([]);
  });
});

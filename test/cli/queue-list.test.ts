import { describe, expect, it } from 'vitest';
import { moreText, queueTable } from '../../src/cli/queue-list.js';
import { shortSpan } from '../../src/cli/text-table.js';
import type { QueuedDelivery } from '../../src/queue/queue.js';

const NOW = Date.UTC(2026, 10, 24);
const DELIVERY: QueuedDelivery = {
  id: 'd-1',
  event: 'issues.opened',
  key: 'octo/widgets#1',
  state: 'delayed',
  attempts: 2,
  receivedAt: new Date(NOW - 7_200_000),
  runAt: new Date(NOW + 90_000),
  error: 'GitHub answered 502',
};

describe('queueTable', () => {
  it('aligns its columns and says when the next try is', () => {
    expect(queueTable([DELIVERY], NOW)).toBe(
      [
        'ID   EVENT          KEY             STATE    ATTEMPTS  AGE  NEXT TRY  ERROR',
        'd-1  issues.opened  octo/widgets#1  delayed  2         2h   in 1m     GitHub answered 502',
      ].join('\n'),
    );
    expect(queueTable([{ ...DELIVERY, state: 'dead' }], NOW)).toContain('2h   -');
  });

  it('lets no escape sequence or line break through to the terminal', () => {
    const hostile = { ...DELIVERY, error: 'a\u001b[2Jb\r\nc\u202ed\u009bm', key: 'k\u0007' };
    const table = queueTable([hostile], NOW);
    expect(table.split('\n')).toHaveLength(2);
    expect(table.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

describe('moreText', () => {
  const counts = { ready: 1100, delayed: 90, running: 0, dead: 10, oldestReadyMs: 5 };

  it.each([
    [50, undefined, '… and 1,150 more (--limit takes up to 1,000)'],
    [1000, undefined, '… and 200 more'],
    [4, 'dead', '… and 6 more (--limit takes up to 1,000)'],
    [10, 'dead', null],
    [0, 'running', null],
    // Some more came between the list and the count, or fewer.
    [1201, undefined, null],
  ] as const)('of %d listed, state %s: %s', (listed, state, text) => {
    expect(moreText(listed, counts, state)).toBe(text);
  });
});

it.each([
  [-5, '0s'],
  [59_999, '59s'],
  [60_000, '1m'],
  [7_200_000, '2h'],
  [200_000_000, '2d'],
])('%d ms is %s', (ms, text) => {
  expect(shortSpan(ms)).toBe(text);
});

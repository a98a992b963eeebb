import { describe, expect, it } from 'vitest';
import { queueTable } from '../../src/cli/queue-list.js';
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

it.each([
  [-5, '0s'],
  [59_999, '59s'],
  [60_000, '1m'],
  [7_200_000, '2h'],
  [200_000_000, '2d'],
])('%d ms is %s', (ms, text) => {
  expect(shortSpan(ms)).toBe(text);
});

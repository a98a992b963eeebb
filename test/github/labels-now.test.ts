import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelsNow } from '../../src/github/read-issue.js';
import { splitRepository } from '../../src/github/repository-name.js';
import type { LabelEvent } from '../../src/triage/issue.js';

const added = (label: string): LabelEvent => ({ label, action: 'added', ours: false });
const removed = (label: string): LabelEvent => ({ label, action: 'removed', ours: false });

describe('labelsNow', () => {
  it.each<[string, string[], LabelEvent[], string[]]>([
    ['what was read, without a history', ['bug'], [], ['bug']],
    ['what came after the reading', [], [added('bug')], ['bug']],
    ['not what went after the reading', ['bug'], [added('bug'), removed('bug')], []],
    ['what came back', [], [added('bug'), removed('bug'), added('bug')], ['bug']],
    ['one label in two spellings once', ['Bug'], [added('bug')], ['bug']],
    ['not what went in another spelling', ['Bug'], [removed('BUG')], []],
  ])('has %s', (_, read, history, expected) => {
    expect(labelsNow(read, history)).toEqual(expected);
  });

  it.each<[string, string[], LabelEvent[], string[]]>([
    [
      'not a label that was deleted since it was put on',
      [],
      [{ ...added('bug'), at: '2026-01-01T00:00:00Z' }],
      [],
    ],
    [
      'what was done in the second of the last change or later',
      ['bug'],
      [
        { ...removed('bug'), at: '2026-01-02T00:00:00Z' },
        { ...added('question'), at: '2026-01-02T00:00:01Z' },
      ],
      ['question'],
    ],
  ])('has %s, where the times are known', (_, read, history, expected) => {
    expect(labelsNow(read, history, '2026-01-02T00:00:00Z')).toEqual(expected);
  });

  it('has each label of the history just when its last event added it', () => {
    const label = fc.constantFrom('bug', 'feature', 'question');
    const event = fc.record<LabelEvent>({
      label,
      action: fc.constantFrom('added', 'removed'),
      ours: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(label), fc.array(event), (read, history) => {
        const now = labelsNow(read, history);
        for (const name of ['bug', 'feature', 'question'] as const) {
          const last = history.findLast((one) => one.label === name);
          const expected = last ? last.action === 'added' : read.includes(name);
          expect(now.includes(name)).toBe(expected);
        }
      }),
    );
  });
});

it('splitRepository takes a full name apart', () => {
  expect(splitRepository('octo/widgets')).toEqual({ owner: 'octo', repo: 'widgets' });
});

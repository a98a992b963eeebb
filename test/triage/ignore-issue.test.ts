import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repositoryConfigSchema } from '../../src/config/repository-config.js';
import { ignoreIssue, matches } from '../../src/triage/ignore-issue.js';
import { anIssue } from '../support/an-issue.js';

describe('ignoreIssue', () => {
  const config = repositoryConfigSchema.parse({
    ignore: { authors: ['renovate*'], titles: ['[WIP]*', 'Release *'], labels: ['status/*'] },
  });

  it.each([
    ['a bot', { authorIsBot: true, author: 'renovate[bot]' }, 'bot-author'],
    ['a locked conversation', { locked: true }, 'locked'],
    ['a closed issue', { closed: true }, 'closed'],
    ['an ignored author', { author: 'Renovate-Bot' }, 'ignored-author'],
    ['an ignored title', { title: '[wip] try something' }, 'ignored-title'],
    ['an ignored label', { labels: ['bug', 'Status/Blocked'] }, 'ignored-label'],
  ] as const)('leaves %s alone and says why', (_, change, code) => {
    expect(ignoreIssue(anIssue(change), config)?.code).toBe(code);
  });

  it('lets everything else through', () => {
    expect(ignoreIssue(anIssue(), config)).toBeNull();
    expect(
      ignoreIssue(anIssue({ title: 'About [WIP]', author: 'not-renovate' }), config),
    ).toBeNull();
  });

  it('names the pattern that matched', () => {
    expect(ignoreIssue(anIssue({ title: 'Release 2.0' }), config)?.text).toContain('Release *');
  });
});

describe('matches', () => {
  it.each([
    ['octocat', 'octocat', true],
    ['octocat', 'OctoCat', true],
    ['octocat', 'octocat2', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['**', 'anything', true],
    ['*[bot]', 'renovate[bot]', true],
    ['*[bot]', 'renovate[bot]x', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['ab*ba', 'aba', false],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['a*b*b', 'ab', false],
    ['*.*', 'a.b', true],
    ['a.c', 'abc', false],
    ['(*', '(x', true],
    ['[WIP]*', 'W', false],
    ['straße*', 'Straße 7', true],
  ])('"%s" against "%s": %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it('agrees with a plain recursive matcher', () => {
    const small = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
    fc.assert(
      fc.property(small, text, (pattern, subject) => {
        expect(matches(pattern, subject)).toBe(plainly(pattern, subject));
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws and is not a regular expression', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (pattern, text) => {
        expect(typeof matches(pattern, text)).toBe('boolean');
        if (!pattern.includes('*')) {
          expect(matches(pattern, text)).toBe(pattern.toLowerCase() === text.toLowerCase());
        }
      }),
    );
  });

  it('does not explode on patterns made to backtrack', () => {
    const pattern = `${'*a'.repeat(99)}*b`;
    for (let round = 0; round < 200; round++) {
      expect(matches(pattern, 'a'.repeat(5000))).toBe(false);
      expect(matches(pattern, `${'a'.repeat(5000)}b`)).toBe(true);
    }
  });
});

/** The definition of a match, exponential and obviously right. */
function plainly(pattern: string, text: string): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return text === '';
  const tail = rest.join('');
  if (head === '*') return plainly(tail, text) || (text !== '' && plainly(pattern, text.slice(1)));
  return text.startsWith(head) && plainly(tail, text.slice(head.length));
}

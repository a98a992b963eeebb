import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonMarkdown } from '../../src/triage/reason-markdown.js';
import { outsideCode } from '../support/outside-code.js';

const NAMES = [
  '@octocat',
  '`',
  '"',
  '" @octo/team "',
  '[x](y)',
  'www.a.b',
  '<b>',
  '\n- a',
  '#1',
  '_a_',
  '*',
];

describe('a reason in Markdown', () => {
  it.each([
    ['The title says fix; that stands.', 'The title says fix; that stands.'],
    ['A person put "bug", a type label, on it.', 'A person put `bug`, a type label, on it.'],
    ['labels.fix is false.', '`labels.fix` is false.'],
    ['only with create_labels: true.', 'only with `create_labels`: true.'],
    ['Sure: 97.1 %, and 90.0 % is enough.', 'Sure: 97.1 %, and 90.0 % is enough.'],
    ['"a`b" may fit (so-called).', '`` a`b `` may fit (so-called).'],
    ['There is no ../x/@octocat.yml.', 'There is no `../x/@octocat.yml`.'],
    ['An "unclosed @octocat', 'An `"unclosed` `@octocat`'],
    ['It has "`"" on it', 'It has `` ` `` `"` on it'],
    ['"" has no name', '(empty) has no name'],
  ])('%s', (text, markdown) => {
    expect(reasonMarkdown(text)).toBe(markdown);
  });

  it('has no mention, link or markup outside code and stays on one line', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...NAMES, ' ', 'a'), { maxLength: 20 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(name, name, (first, second) => {
        const markdown = reasonMarkdown(`A person put "${first}" on ${second}; that stands.`);
        expect(markdown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(outsideCode(markdown)).not.toMatch(/[@#[\]<>*_`~\\&|"]|:\/\/|www\./);
        expect(markdown.length).toBeLessThan(2_000);
      }),
    );
  });
});

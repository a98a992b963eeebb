import { describe, expect, it } from 'vitest';
import { parseSections } from '../../src/triage/markdown-blocks.js';

/** What is read of a text, as `kind: text`. */
const read = (...lines: readonly string[]) =>
  parseSections(lines.join('\n')).flatMap(({ lines: own }) =>
    own.map(({ kind, text }) => `${kind}: ${text}`),
  );
/** Its headings with their levels. */
const headings = (...lines: readonly string[]) =>
  parseSections(lines.join('\n'))
    .slice(1)
    .map(({ level, heading }) => [level, heading]);

/** So many characters of words. */
const words = (count: number) => `${'Words and more '.repeat(10).slice(0, count - 1)}z`;

describe('headings', () => {
  it.each<[string, [number, string][]]>([
    ['###### Steps', [[6, 'Steps']]],
    ['####### Steps', []],
    ['   ## Steps ##', [[2, 'Steps']]],
    ['    ## Steps', []],
    ['##Steps', [[2, 'Steps']]],
    // A tag or an anchor, not a heading.
    ['#Steps', []],
    ['**Steps:**', [[7, 'Steps:']]],
    ['**Steps**:', [[7, 'Steps']]],
    ['**Do** this **now**', []],
    ['**a**', [[7, 'a']]],
    ['****', []],
    [`**${words(120)}**`, [[7, words(120)]]],
    [`**${words(121)}**`, []],
  ])('%s', (line, expected) => {
    expect(headings(line)).toEqual(expected);
  });
});

describe('code', () => {
  it.each([
    '  at run (main.js:1)',
    '  at main.js:12',
    'in Widget (at app.js:3)',
    'File "main.py", line 3',
    '#0  0x00007f in main',
    '$ widgets start',
    '>>> import widgets',
    '[2026-01-01 10:00:00 started',
    '10:00:00 started',
    '@@ -1 +1 @@',
    'diff --git a b',
    '--- a/main.c',
  ])('is known by its form: %s', (line) => {
    expect(read(line)[0]).toMatch(/^snippet: /);
  });

  it.each<[string, string]>([
    ['    a = b; c{}', 'snippet'],
    // An eighth of symbols is a sentence still.
    ['    ghijklmnopqrs;(', 'snippet'],
    ['    ghijklmnopqrst;(', 'prose'],
    ['a = b; c{}', 'prose'],
  ])('is known by its symbols where it is indented: %s', (line, kind) => {
    expect(read(line)[0]).toMatch(new RegExp(`^${kind}: `));
  });

  it('of a block the first and the last line that report trouble are read, else the first two', () => {
    expect(read('```', 'one', 'two', 'three', '```')).toEqual(['snippet: one', 'snippet: two']);
    const trouble = ['warning: a', 'fine', 'unable to b', 'panic: c', 'fine'];
    expect(read('```', ...trouble, '```')).toEqual(['snippet: warning: a', 'snippet: panic: c']);
    expect(read('```', 'fine', 'fine', 'unable to b', '```')).toEqual(['snippet: unable to b']);
    expect(read('```', words(100), '```')).toEqual([`snippet: ${words(100)}`]);
    expect(read('```', words(101), '```')[0]?.length).toBeLessThan(109);
  });

  it('ends with a fence of its kind and length, and one that names a language opens the next', () => {
    expect(read('~~~~', '````', 'a', '~~~', 'b', '~~~~', 'Words.')).toEqual([
      'snippet: `',
      'snippet: a',
      'prose: Words.',
    ]);
    expect(read('> ```', 'It is code.', '```', 'Words.')).toEqual([
      'snippet: It is code.',
      'prose: Words.',
    ]);
    expect(read('```', 'a', '```js', 'b', 'c', '```', 'Words.')).toEqual([
      'snippet: a',
      'snippet: b',
      'snippet: c',
      'prose: Words.',
    ]);
    expect(read('``', 'Words.')).toContain('prose: Words.');
  });

  it.each<[string, string[], boolean]>([
    ['a form’s heading between empty lines', ['', '### Steps', ''], true],
    ['one of second level', ['', '## Steps', ''], true],
    ['a comment of code', ['', '# Steps', ''], false],
    ['a small word', ['', '### steps', ''], false],
    ['one under another line', ['x', '### Steps', ''], false],
    ['one above another line', ['', '### Steps', 'x'], false],
  ])('that was never closed ends at a heading or not: %s', (_, lines, ends) => {
    expect(headings('```', 'code', ...lines)).toHaveLength(ends ? 1 : 0);
  });

  it.each(['details', 'pre', 'table'])('is what stands in <%s>, until that ends', (tag) => {
    const lines = [`<${tag}>`, 'It <b>broke</b>.', `</${tag}>`, 'Words.'];
    expect(read(...lines)).toEqual(['snippet: It broke.', 'prose: Words.']);
  });

  it('is a table, with or without pipes around it; its rule is not read', () => {
    const row = 'snippet: a b';
    expect(read('a | b', '--|--', '1 | 2')).toEqual([row, 'snippet: 1 2']);
    expect(read('  | a | b |')).toEqual([row]);
    expect(read('a | b', 'c')).toEqual(['prose: a | b', 'prose: c']);
    expect(read('a | b', '----')).toEqual(['prose: a | b']);
  });
});

describe('lines that say nothing', () => {
  it.each(['---', '===', '* * *', '_No response_', 'N/A', '-', '...', 'None.'])(
    'are not read: %s',
    (line) => {
      expect(read(line)).toEqual([]);
    },
  );

  it('are boxes that are open, and ticked ones of a template', () => {
    const boxes = ['I agree to it', 'the code of conduct', 'I have read it'];
    expect(read(...boxes.map((text) => `- [x] ${text}`))).toEqual([]);
    expect(read('- [ ] On Linux', '+ [X] On Windows', '1. [x] On a Mac')).toEqual([
      'prose: On Windows',
      'prose: On a Mac',
    ]);
    expect(read(`- [x] ${words(80)}`)).toEqual([`prose: ${words(80)}`]);
    expect(read(`- [x] ${words(81)}`)[0]?.length).toBeLessThan(87);
  });

  it('are those that stood there before, short ones apart', () => {
    expect(read('Twelve chars', 'Twelve chars')).toEqual(['prose: Twelve chars']);
    expect(read('Eleven char', 'Eleven char')).toHaveLength(2);
  });

  it('are the marks of quotes and lists', () => {
    expect(read('> > It broke.', '- one', '+ two')).toEqual([
      'prose: It broke.',
      'prose: one',
      'prose: two',
    ]);
  });
});

describe('the environment', () => {
  it('is known by its key', () => {
    expect(read('- OS: Linux', 'It broke.')).toEqual([
      'environment: OS: Linux',
      'prose: It broke.',
    ]);
  });

  it('is known by its heading, where little stands under it', () => {
    for (const heading of ['OS', 'Architecture', 'Browser']) {
      expect(read(`### ${heading}`, words(120))[0]).toMatch(/^environment: /);
      expect(read(`### ${heading}`, words(121))[0]).toMatch(/^prose: /);
    }
    expect(read('### Cost', 'Much.')).toEqual(['prose: Much.']);
  });
});

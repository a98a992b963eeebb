import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANGE_TYPES } from '../../src/triage/changed-file.js';
import {
  isRevertTitle,
  parseConventionalTitle,
  statesBreaking,
  suggestTitle,
  titleForModel,
  usesConventionalTitles,
} from '../../src/triage/conventional-title.js';

describe('parseConventionalTitle', () => {
  it.each([
    ['feat: add a door', { type: 'feat', scope: null, breaking: false, description: 'add a door' }],
    ['Feature(ui)!: Door', { type: 'feat', scope: 'ui', breaking: true, description: 'Door' }],
    ['BUGFIX : stuck', { type: 'fix', scope: null, breaking: false, description: 'stuck' }],
    ['doc(): more', { type: 'docs', scope: null, breaking: false, description: 'more' }],
    ['tests:x', { type: 'test', scope: null, breaking: false, description: 'x' }],
    ['✨ feat: door', { type: 'feat', scope: null, breaking: false, description: 'door' }],
    [':bug: fix: door', { type: 'fix', scope: null, breaking: false, description: 'door' }],
    ['deps(npm): a', { type: null, scope: 'npm', breaking: false, description: 'a' }],
    ['l10n(de)!: a', { type: null, scope: 'de', breaking: true, description: 'a' }],
    ['deps!: a', { type: null, scope: null, breaking: true, description: 'a' }],
    ['revert: a', { type: null, scope: null, breaking: false, description: 'a' }],
  ])('reads %j', (title, expected) => {
    expect(parseConventionalTitle(title)).toEqual(expected);
  });

  it.each([
    'Add a door',
    'Note: this',
    'feat add',
    'feat:',
    'fix(: x',
    'constructor: x',
    'deps: x',
    'Map(a): x',
    'openDoor(a): x',
    'Say what fix: means',
    '',
  ])('reads no type in %j', (title) => {
    expect(parseConventionalTitle(title)).toBeNull();
  });
});

it.each([
  ['Revert "Add a door"', true],
  ['Reapply “Add a door”', true],
  ['Say what Revert "x" does', false],
  ['Revert to the old door', false],
])('%j takes a change back or puts it in again: %s', (title, expected) => {
  expect(isRevertTitle(title)).toBe(expected);
});

describe('titleForModel', () => {
  it.each([
    ['fix(api)!: handle null (#12)', 'handle null'],
    ['Handle null (#12) (#13, closes #4) ', 'Handle null'],
    ['Handle (null)', 'Handle (null)'],
    ['Handle (null) (#12)', 'Handle (null)'],
    ['Handle #12 (null)', 'Handle #12 (null)'],
    ['Handle (#12) twice', 'Handle (#12) twice'],
    ['(#12)', ''],
    ['', ''],
  ])('makes of %j %j', (title, expected) => {
    expect(titleForModel(title)).toBe(expected);
  });
});

describe('statesBreaking', () => {
  it.each([
    ['feat!: x', null, true],
    ['feat: x', 'Text\n\nBREAKING CHANGE: y', true],
    ['x', 'BREAKING-CHANGE: y', true],
    ['feat: x', 'no BREAKING CHANGE: here', false],
    ['Stop!: x', null, false],
    ['types(runtime)!: x', null, true],
    ['x', 'BREAKING CHANGE:\n\nThe method is gone.', true],
    ['x', 'BREAKING CHANGE:\r\nThe method is gone.', true],
    ['x', 'Text\n\n<!-- end with\nBREAKING CHANGE: what breaks\n-->', false],
    ['x', '```\nBREAKING CHANGE: x\n```\n', false],
    ['x', '~~~text\n```\nBREAKING CHANGE: x\n~~~\nBREAKING CHANGE: y', true],
    ['x', '> ```\n> q\n\nBREAKING CHANGE: x', true],
    ['x', '> ```\n> q\n> ```\n\nBREAKING CHANGE: x', true],
    ['x', '```\n```js\nBREAKING CHANGE: x\n```', false],
    ['x', '> ```\n> BREAKING CHANGE: q\n> ```\ntext', false],
    ['x', '```\n> quoted\nBREAKING CHANGE: x\n```', false],
    ['x', 'BREAKING CHANGE: none', false],
    ['x', 'BREAKING CHANGES: N/A', false],
    ['x', 'BREAKING CHANGE: _No._', false],
    ['x', 'BREAKING CHANGE: -', false],
    ['x', 'BREAKING CHANGE:\n\nNone\n', false],
    ['x', 'BREAKING CHANGE:\n\n## Tests', false],
    ['x', 'BREAKING CHANGE:\n- [ ] yes', false],
    ['x', 'BREAKING CHANGE:\nSigned-off-by: A <a@b.c>', false],
    ['x', 'BREAKING CHANGE:\n', false],
    ['x', 'BREAKING CHANGE: None of the methods is left.', true],
    ['x', 'BREAKING CHANGE: no-op handlers', true],
    ['x', 'BREAKING CHANGE:  \n\t\nThe method is gone.', true],
    ['x', 'BREAKING CHANGE:\nThe method is gone, see # 4.', true],
    ['x', '```\nq\n``` \nBREAKING CHANGE: y', true],
    ['x', '```\nq\n~~~```\nBREAKING CHANGE: x', false],
    ['x', '```\na > b\nBREAKING CHANGE: x\n```', false],
  ])('%j with %j: %s', (title, body, expected) => {
    expect(statesBreaking(title, body)).toBe(expected);
  });
});

describe('suggestTitle', () => {
  it('cuts no letter in two', () => {
    const suggested = suggestTitle('feat', `${'x'.repeat(113)}😀 and more`);
    expect(suggested).toBe(`feat: ${'x'.repeat(113)}😀`);
  });

  it.each([
    ['feat', 'Add a door', 'feat: add a door'],
    ['fix', 'API answers late', 'fix: API answers late'],
    ['fix', 'GitHub is slow', 'fix: GitHub is slow'],
    ['docs', 'feat(ui)!: Door', 'docs(ui)!: door'],
    ['chore', 'two\nlines', 'chore: two lines'],
  ] as const)('%s for %j: %j', (type, title, expected) => {
    expect(suggestTitle(type, title)).toBe(expected);
  });

  it('gives a title of that type on one short line, for any title', () => {
    const title = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.tuple(fc.constantFrom('feat: ', 'fix(a)!: ', ''), fc.string()).map((p) => p.join('')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...CHANGE_TYPES), title, (type, text) => {
        const suggested = suggestTitle(type, text);
        expect(suggested).toMatch(/^[^\n]{1,120}$/u);
        if (titleForModel(text).trim() !== '') {
          expect(parseConventionalTitle(suggested)?.type ?? null).toBe(type);
        }
      }),
    );
  });
});

describe('usesConventionalTitles', () => {
  it('wants six in ten of at least ten', () => {
    const titles = (yes: number, no: number) => [
      ...Array.from({ length: yes }, () => 'fix: a'),
      ...Array.from({ length: no }, () => 'Fix a'),
    ];
    expect(usesConventionalTitles(titles(6, 4))).toBe(true);
    expect(usesConventionalTitles(titles(5, 5))).toBe(false);
    expect(usesConventionalTitles(titles(9, 0))).toBe(false);
    const reverts = Array.from({ length: 20 }, () => 'Revert "fix: a"');
    expect(usesConventionalTitles([...titles(6, 4), ...reverts])).toBe(true);
    expect(usesConventionalTitles(Array.from({ length: 10 }, () => 'deps(npm): a'))).toBe(true);
  });
});

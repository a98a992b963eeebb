import { describe, expect, it } from 'vitest';
import { labelerFile, parseLabelerFile } from '../../src/config/labeler-file.js';

const rulesOf = (text: string) => {
  const { value, errors } = parseLabelerFile(text, 'labeler.yml');
  expect(errors).toEqual([]);
  return value?.rules;
};
const GLOBS = [{ 'any-glob-to-any-file': 'a' }];

describe('what the action takes in a labeler.yml', () => {
  it.each([
    ['numbers', 'x:\n- base-branch: [main, 2.0]\n', [{ 'base-branch': ['main', '2'] }]],
    ['one number', 'x:\n- head-branch: 5\n', [{ 'head-branch': '5' }]],
    ['empty rules', 'x:\n- changed-files:\n  head-branch: a\n', [{ 'head-branch': 'a' }]],
    ['empty items', 'x:\n-\n- head-branch: a\n', [{ 'head-branch': 'a' }]],
    [
      'unknown keys',
      'x:\n- changed-files:\n  - any-glob-to-any-file: a\n  color: red\n',
      [{ 'changed-files': GLOBS }],
    ],
    [
      'merged keys',
      'x:\n- all:\n  - &main\n    base-branch: main\n  - <<: *main\n    head-branch: a\n',
      [{ all: [{ 'base-branch': 'main' }, { 'base-branch': 'main', 'head-branch': 'a' }] }],
    ],
  ])('%s', (_, text, list) => {
    expect(rulesOf(text)).toEqual({ x: list });
  });

  it('a thousand labels, a thousand patterns, and lists shared by many', () => {
    const label = (index: number) =>
      `l${index}:\n- changed-files:\n  - any-glob-to-any-file: d${index}/**\n`;
    const many = Array.from({ length: 900 }, (_, index) => label(index)).join('');
    expect(Object.keys(rulesOf(many) ?? {})).toHaveLength(900);
    const patterns = Array.from({ length: 900 }, (_, index) => `    - d${index}/**`).join('\n');
    expect(rulesOf(`x:\n- changed-files:\n  - any-glob-to-any-file:\n${patterns}\n`)).toBeDefined();
    const shared = Array.from({ length: 300 }, (_, index) => `s${index}: *a`).join('\n');
    expect(rulesOf(`a: &a\n- head-branch: x\n${shared}\n`)?.s299).toEqual([{ 'head-branch': 'x' }]);
  });

  it('limits, also between quotes, which are no labels', () => {
    const text = "max-files-changed: '7'\nchanged-files-labels-limit: 3\n";
    expect(parseLabelerFile(text, 'f').value).toEqual({ maxFiles: 7, maxLabels: 3, rules: {} });
  });
});

it.each<[boolean | string, string | null]>([
  [true, '.github/labeler.yml'],
  ['config/areas.yml', 'config/areas.yml'],
  [false, null],
])('labeler: %s is the file %s', (labeler, file) => {
  expect(labelerFile({ labeler })).toBe(file);
});

describe('what is refused in a labeler.yml', () => {
  it.each([
    ['x:\n- head-branch:\n  - ok\n  - "(["\n', 4, 'x.0.head-branch.1', 'not a regular expression'],
    ['x:\n- changed-files:\n  - any-glob: a\n', 3, 'x.0.changed-files.0.any-glob', 'any-glob-to-'],
    ['x: a\n', 1, 'x', 'a list'],
    ['max-files-changed: -1\n', 1, 'max-files-changed', 'at least 0'],
    ['max-files-changed: 1.5\n', 1, 'max-files-changed', 'whole number'],
    ["max-files-changed: 'about 7 files'\n", 1, 'max-files-changed', 'whole number'],
  ])('%j, with its place', (text, line, key, message) => {
    const { value, errors } = parseLabelerFile(text, 'f');
    expect(value).toBeNull();
    expect(errors).toMatchObject([{ line, key, message: expect.stringContaining(message) }]);
  });

  it('more than can be matched in a moment', () => {
    const list = (from: number) =>
      `l${from}:\n- head-branch: [${Array.from({ length: 900 }, (_, at) => `b${from + at}`)}]\n`;
    const text = [0, 1, 2, 3, 4, 5].map((part) => list(part * 1000)).join('');
    expect(parseLabelerFile(text, 'f').errors[0]?.message).toContain('5000 different patterns');
  });

  it('too many labels, in time with its length', () => {
    const text = Array.from({ length: 20_000 }, (_, at) => `l${at}: []`).join('\n');
    const before = process.cpuUsage();
    const { errors } = parseLabelerFile(text, 'f');
    // Comparing each key with each other took a quarter of a minute.
    expect(process.cpuUsage(before).user).toBeLessThan(4_000_000);
    expect(errors).toMatchObject([{ message: expect.stringContaining('at most 1000 labels') }]);
  });

  it('keys given twice, wherever they stand', () => {
    const { errors } = parseLabelerFile('a: []\nx:\n- {any: [], any: []}\n"a": []\n', 'f');
    expect(errors.map(({ line, message }) => [line, message])).toEqual([
      [3, 'is not YAML: Map keys must be unique'],
      [4, 'is not YAML: Map keys must be unique'],
    ]);
  });

  it('anchors and merged keys that multiply', () => {
    const bomb = ['a0: &a0 { x: 1, y: 2 }'];
    for (let depth = 1; depth < 30; depth += 1) {
      const before = `*a${depth - 1}`;
      bomb.push(`a${depth}: &a${depth} { <<: [${before}, ${before}, ${before}] }`);
    }
    expect(parseLabelerFile(bomb.join('\n'), 'f').errors[0]?.message).toContain('aliases');
  });

  it.each(['[', '- ', '? ', '{a: '])('%j nested thousands deep', (open) => {
    expect(parseLabelerFile(open.repeat(20_000), 'f').errors).toMatchObject([
      { message: 'is nested too deep' },
    ]);
  });
});

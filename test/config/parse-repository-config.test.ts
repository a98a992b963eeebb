import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parseRepositoryConfig } from '../../src/config/parse-repository-config.js';
import { DEFAULT_REPOSITORY_CONFIG } from '../../src/config/repository-config.js';

const FILE = '.github/sentinel.yml';
const parse = (...lines: string[]) => parseRepositoryConfig(lines.join('\n'), FILE);

describe('a good file', () => {
  it.each(['', '\n\n', '# only a comment\n', 'null', '~', '{}', '---\n', '\ufeff'])(
    '%j means the defaults',
    (text) => {
      expect(parse(text)).toEqual({ config: DEFAULT_REPOSITORY_CONFIG, errors: [] });
    },
  );

  it('keeps what it sets and fills in the rest', () => {
    const { config, errors } = parse(
      'mode: suggest # careful',
      'labels:',
      '  bug: "kind/bug"',
      '  question: false',
      'thresholds: { bug: 0.9 }',
      'ignore:',
      '  authors: ["*[bot]"]',
    );
    expect(errors).toEqual([]);
    expect(config).toEqual({
      ...DEFAULT_REPOSITORY_CONFIG,
      mode: 'suggest',
      labels: { bug: 'kind/bug', question: false },
      create_labels: false,
      thresholds: { bug: 0.9 },
      ignore: { authors: ['*[bot]'], titles: [], labels: [] },
    });
  });
});

describe('an error', () => {
  it.each<[string, string[], number, string, string]>([
    ['an unknown setting', ['mode: apply', 'colour: red'], 2, 'colour', 'mode, labels'],
    ['an unknown class', ['labels:', '  bug: b', '  docs: d'], 3, 'labels.docs', 'bug, feature'],
    ['an unknown list', ['ignore:', '  bodies: []'], 2, 'ignore.bodies', 'authors, titles'],
    ['an unknown threshold', ['thresholds:', '', '  all: 1'], 3, 'thresholds.all', 'bug, feature'],
    ['a wrong word', ['', 'mode: loud'], 2, 'mode', 'one of apply, suggest, shadow'],
    ['text for a switch', ['create_labels: "yes"'], 1, 'create_labels', 'true or false'],
    ['a number too low', ['thresholds:', '  bug: 0.1'], 2, 'thresholds.bug', 'at least 0.34'],
    ['a number too high', ['thresholds:', '  bug: 88'], 2, 'thresholds.bug', 'at most 1'],
    ['no number', ['thresholds:', '  bug: high'], 2, 'thresholds.bug', 'a number'],
    ['not-a-number', ['thresholds:', '  bug: .nan'], 2, 'thresholds.bug', 'a number'],
    ['a list for a mapping', ['labels: [bug]'], 1, 'labels', 'a mapping of settings'],
    ['text for a list', ['ignore:', '  authors: me'], 2, 'ignore.authors', 'a list'],
    ['a wrong entry', ['ignore:', '  titles:', '    - a', '    - 7'], 4, 'ignore.titles.1', 'text'],
    ['true for a label', ['labels:', '  bug: true'], 2, 'labels.bug', 'name of a label'],
    ['a long label', ['labels:', `  bug: ${'b'.repeat(51)}`], 2, 'labels.bug', 'at most 50'],
    ['no label', ['labels:', '  bug: ""'], 2, 'labels.bug', 'must not be empty'],
    [
      'too many patterns',
      [`ignore: { titles: [${'a,'.repeat(201)}] }`],
      1,
      'ignore.titles',
      'must be at most 200 entries',
    ],
    ['an empty pattern', ['ignore:', '  titles: [""]'], 2, 'ignore.titles.0', 'must not be empty'],
    [
      'an empty list',
      ['pull_requests: { paths: { x: [{ changed-files: [] }] } }'],
      1,
      'pull_requests.paths.x.0.changed-files',
      'must not be empty',
    ],
    [
      'a rule for a long label',
      ['pull_requests:', '  paths:', `    ${'b'.repeat(51)}: []`],
      3,
      `pull_requests.paths.${'b'.repeat(51)}`,
      'the name must be at most 50 characters',
    ],
    ['a list as the file', ['- mode: apply'], 1, '', 'a mapping of settings'],
    ['a word as the file', ['apply'], 1, '', 'a mapping of settings'],
    ['a key given twice', ['mode: apply', '', 'mode: shadow'], 3, '', 'not YAML'],
    ['an unclosed quote', ['mode: "apply', 'x: 1'], 2, '', 'not YAML'],
    ['a tab for an indent', ['labels:', '\tbug: x'], 2, '', 'not YAML'],
    ['two documents', ['mode: apply', '---', 'mode: shadow'], 2, '', 'not YAML'],
    ['a dangerous key', ['__proto__:', '  mode: apply'], 1, '__proto__', 'not a setting'],
    ['a number as a key', ['mode: apply', '7: x'], 2, '7', 'not a setting'],
  ])('names the line and what may stand there: %s', (_, lines, line, key, message) => {
    const { config, errors } = parse(...lines);
    expect(config).toBeNull();
    expect(errors[0]).toMatchObject({ file: FILE, line, key });
    expect(errors[0]?.message).toContain(message);
  });

  it.each(['s: 30', 'm: 100', 'l: 500', 'xl: 1000', 'xxl: 500'])(
    'is told for sizes that do not grow: %s',
    (limit) => {
      const { config, errors } = parse(`pull_requests: { sizes: { limits: { ${limit} } } }`);
      expect(config).toBeNull();
      expect(errors).toMatchObject([
        { line: 1, key: 'pull_requests.sizes.limits', message: 'must grow from s to xxl' },
      ]);
    },
  );

  it('comes with all the others, in one go', () => {
    const { errors } = parse('mode: loud', 'surprise: 1', 'other: 2', 'thresholds: { bug: 7 }');
    expect(errors.map(({ key, line }) => [key, line]).sort()).toEqual([
      ['mode', 1],
      ['other', 3],
      ['surprise', 2],
      ['thresholds.bug', 4],
    ]);
  });

  it('comes in the order of the file where that is not YAML', () => {
    const { errors } = parse('mode: apply', 'mode: apply', 'labels: { bug: "x }');
    expect(errors.map(({ line }) => line)).toEqual([2, ...errors.slice(1).map(() => 3)]);
    expect(errors.length).toBeGreaterThan(1);
  });

  it('is told for aliases that would grow without end', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (let i = 1; i < 9; i++) {
      const before = `*${'abcdefghi'[i - 1]}`;
      bomb.push(`${'abcdefghi'[i]}: &${'abcdefghi'[i]} [${Array(9).fill(before).join(',')}]`);
    }
    const { config, errors } = parse(...bomb);
    expect(config).toBeNull();
    expect(errors[0]?.message).toContain('alias');
    expect(parse('mode: *nowhere').errors[0]?.message).toContain('alias');
  });

  it('is told for a file that is too large, without reading it', () => {
    const { config, errors } = parse(`# ${'x'.repeat(70_000)}`);
    expect(config).toBeNull();
    expect(errors).toEqual([
      { file: FILE, line: null, key: '', message: expect.stringContaining('longer than') },
    ]);
  });

  it.each([
    ['unknown keys', Array.from({ length: 9000 }, (_, at) => `k${at}:`).join('\n')],
    ['keys given twice', 'a:\n'.repeat(20_000)],
    ['tabs', '\ta: b\n'.repeat(10_000)],
  ])('is one of a hundred at most, and the rest are counted: %s', (_, text) => {
    const { errors } = parse(text);
    expect(errors).toHaveLength(101);
    expect(errors.at(-1)).toMatchObject({
      key: '',
      message: expect.stringMatching(/^has \d{4,5} more errors$/),
    });
    expect(JSON.stringify(errors).length).toBeLessThan(30_000);
  });

  it('counts one more without a plural', () => {
    const { errors } = parse(...Array.from({ length: 101 }, (_, at) => `k${at}: 1`));
    expect(errors.at(-1)?.message).toBe('has 1 more error');
  });

  it.each([
    ['brackets', '['.repeat(60_000)],
    ['closed brackets', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['braces', '{a: '.repeat(15_000)],
    ['dashes', '- '.repeat(30_000)],
    ['question marks', '? '.repeat(30_000)],
  ])('is told for %s without end', (_, text) => {
    const { config, errors } = parse(text);
    expect(config).toBeNull();
    expect(errors.length).toBeGreaterThan(0);
  });

  it('writes nothing to standard error', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    expect(parse('? [a, "words of the file"]', ': 1').config).toBeNull();
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it('never changes prototypes', () => {
    parse('__proto__:', '  polluted: true', 'constructor:', '  prototype: { polluted: true }');
    expect('polluted' in {}).toBe(false);
  });
});

describe('whatever the text', () => {
  const yamlish = fc.string({
    unit: fc.constantFrom(
      ...['mode', ': ', ':', '\n', '  ', '- ', 'labels', 'bug', '"', "'", '[', ']', '{', '}', '&a'],
      ...[
        '*a',
        '!',
        '!!set ',
        '|',
        '>',
        '#',
        '? ',
        '~',
        '1',
        'false',
        '---\n',
        '%',
        '@',
        '\t',
        ',',
      ],
    ),
    maxLength: 60,
  });

  it('gives a configuration or errors, never both and never an exception', () => {
    fc.assert(
      fc.property(fc.oneof(yamlish, fc.string({ unit: 'binary' })), (text) => {
        const { config, errors } = parse(text);
        expect(config === null).toBe(errors.length > 0);
        for (const { line, message } of errors) {
          expect(line === null || (Number.isInteger(line) && line >= 1)).toBe(true);
          expect(message).not.toBe('');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('reads its own configurations back', () => {
    fc.assert(
      fc.property(
        fc.record({
          mode: fc.constantFrom('apply', 'suggest', 'shadow'),
          create_labels: fc.boolean(),
          thresholds: fc.record({ bug: fc.double({ min: 0.34, max: 1, noNaN: true }) }),
        }),
        (settings) => {
          const { config } = parse(JSON.stringify(settings));
          expect(config).toMatchObject(settings);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelRulesSchema } from '../../src/config/label-rules.js';
import { parseLabelerFile } from '../../src/config/labeler-file.js';
import { lastGoodConfig } from '../../src/config/last-good-config.js';
import { branchBudget, matchBranch } from '../../src/config/match-branch.js';
import {
  matchLabelRules,
  passedOver,
  type RuleSubject,
} from '../../src/config/match-label-rules.js';
import { parseRepositoryConfig } from '../../src/config/parse-repository-config.js';
import { parseYaml } from '../../src/config/parse-yaml.js';

function subject(change: Partial<RuleSubject> = {}): RuleSubject {
  return { paths: ['file'], baseBranch: 'main', headBranch: 'work', labels: [], ...change };
}

async function labelsFor(yaml: string, change: Partial<RuleSubject>): Promise<string[]> {
  const { value, errors } = parseYaml(yaml, 'labeler.yml', labelRulesSchema);
  expect(errors).toEqual([]);
  return matchLabelRules({ rules: value ?? {} }, subject(change));
}

/** What the documentation of actions/labeler v5 says of each kind of rule. */
describe('the documented rules', () => {
  it.each([
    ["'*'", ['readme'], true],
    ["'*'", ['a/b'], false],
    ["'*'", ['.gitignore'], true],
    ["'**'", ['a/b/c'], true],
    ['docs/**', ['docs/a/b.md'], true],
    ['docs/**', ['src/docs/b.md'], false],
    ['docs/*', ['docs/a.md'], true],
    ['docs/*', ['docs/a/b.md'], false],
    ["['docs/*', 'guides/*']", ['guides/a.md'], true],
    ["'**/*.md'", ['a/b.md', 'c.ts'], true],
    ["'**/*.md'", ['c.ts'], false],
    ["'src/**/!(*.md)'", ['src/a/b.ts'], true],
    ["'src/**/!(*.md)'", ['src/a/b.md'], false],
    ["'**/*.{ts,js}'", ['a/b.js'], true],
    ["'.github/**'", ['.github/workflows/ci.yml'], true],
  ])('any-glob-to-any-file %s with %j: %s', async (globs, paths, matches) => {
    const yaml = `x:\n- changed-files:\n  - any-glob-to-any-file: ${globs}\n`;
    expect(await labelsFor(yaml, { paths })).toEqual(matches ? ['x'] : []);
  });

  it.each([
    ['any-glob-to-any-file', ['a.md', 'b.ts'], true],
    ['any-glob-to-all-files', ['a.md', 'b.ts'], false],
    ['any-glob-to-all-files', ['a.md', 'b.md'], true],
    ['all-globs-to-any-file', ['docs-a.md', 'b.ts'], true],
    ['all-globs-to-any-file', ['b.ts', 'docs-a.md'], true],
    ['all-globs-to-any-file', ['b.ts'], false],
    ['all-globs-to-any-file', ['a.md', 'docs-b.ts'], false],
    ['all-globs-to-all-files', ['docs-a.md', 'docs-b.md'], true],
    ['all-globs-to-all-files', ['docs-a.md', 'b.md'], false],
  ])('%s of *.md and docs-* with %j: %s', async (option, paths, matches) => {
    const yaml = `x:\n- changed-files:\n  - ${option}: ['*.md', 'docs-*']\n`;
    expect(await labelsFor(yaml, { paths })).toEqual(matches ? ['x'] : []);
  });

  const SOURCE = `source:
- all:
  - changed-files:
    - any-glob-to-any-file: 'src/**/*'
    - all-globs-to-all-files: '!src/docs/*'
`;
  it.each([
    [['src/a.ts'], true],
    [['src/a.ts', 'src/docs/b.md'], false],
    [['lib/a.ts'], false],
    [[], false],
  ])('source except its docs, with %j: %s', async (paths, matches) => {
    expect(await labelsFor(SOURCE, { paths })).toEqual(matches ? ['source'] : []);
  });

  it.each([
    ["feature:\n - head-branch: ['^feature', 'feature']\n", { headBranch: 'my-feature' }, true],
    ["feature:\n - head-branch: ['^feature', 'x$']\n", { headBranch: 'my-feature' }, false],
    ["release:\n - base-branch: 'main'\n", { baseBranch: 'main' }, true],
    ["release:\n - base-branch: '^(?!release)'\n", { baseBranch: 'release/1' }, false],
    ['x:\n - any:\n   - base-branch: no\n   - head-branch: work\n', {}, true],
    ['x:\n - all:\n   - base-branch: nope\n   - head-branch: work\n', {}, false],
    ["x:\n - all:\n   - head-branch: ['work', 'nope']\n", {}, false],
  ])('%j with %j: %s', async (yaml, change, matches) => {
    expect(await labelsFor(yaml.replace(': no\n', ': never\n'), change)).toHaveLength(
      matches ? 1 : 0,
    );
  });

  it('joins what stands without any and all; parts of the list must all match', async () => {
    const loose = `x:\n- changed-files: ['docs/*']\n- head-branch: work\n`;
    expect(await labelsFor(loose, { paths: ['a.ts'] })).toEqual(['x']);
    const both = `x:\n- any:\n  - changed-files: ['docs/*']\n- all:\n  - head-branch: work\n`;
    expect(await labelsFor(both, { paths: ['a.ts'] })).toEqual([]);
    expect(await labelsFor(both, { paths: ['docs/a'] })).toEqual(['x']);
  });

  it.each([
    ['above it joins nothing', 'x:\n- head-branch: work\n  any:\n  - base-branch: never\n', false],
    ['below it joins it', 'x:\n- any:\n  - base-branch: never\n  head-branch: work\n', true],
  ])('of one entry, what stands beside any and %s', async (_, yaml, matches) => {
    const labels = matches ? ['x'] : [];
    expect(await labelsFor(yaml, {})).toEqual(labels);
    const { value } = parseLabelerFile(yaml, 'labeler.yml');
    expect(await matchLabelRules(value ?? { rules: {} }, subject())).toEqual(labels);
    const text = `pull_requests:\n  paths:\n${yaml.replace(/^(?=.)/gm, '    ')}`;
    const { config } = parseRepositoryConfig(text, 'sentinel.yml');
    const again = lastGoodConfig(JSON.stringify(config));
    const rules = again?.pull_requests.paths ?? {};
    expect(await matchLabelRules({ rules }, subject())).toEqual(labels);
  });

  it('a list without anything matches nothing', async () => {
    expect(await labelsFor('x: []\n', { paths: ['a'] })).toEqual([]);
  });
});

describe('limits of a labeler.yml', () => {
  const rules = labelRulesSchema.parse({
    a: [{ 'changed-files': ['a/**'] }],
    b: [{ 'changed-files': ['b/**'] }],
    head: [{ 'head-branch': 'work' }],
  });
  const paths = ['a/1', 'b/1'];

  it('more labels by files than allowed: none of them', async () => {
    expect(await matchLabelRules({ rules, maxLabels: 1 }, subject({ paths }))).toEqual(['head']);
    expect(await matchLabelRules({ rules, maxLabels: 2 }, subject({ paths }))).toHaveLength(3);
  });

  it('labels that are there already are not counted', async () => {
    const has = subject({ paths, labels: ['A'] });
    expect(await matchLabelRules({ rules, maxLabels: 1 }, has)).toEqual(['a', 'b', 'head']);
    const { a = [], b = [] } = rules;
    const spelled = { rules: { A: a, b }, maxLabels: 1 };
    const small = subject({ paths, labels: ['a'] });
    expect(await matchLabelRules(spelled, small)).toEqual(['A', 'b']);
  });

  it('more files than allowed: rules about files are passed over', async () => {
    expect(await matchLabelRules({ rules, maxFiles: 1 }, subject({ paths }))).toEqual(['head']);
    const mixed = labelRulesSchema.parse({
      x: [{ 'head-branch': 'work' }, { 'changed-files': ['a/**'] }],
    });
    expect(passedOver({ rules: mixed, maxFiles: 1 }, paths)).toEqual(['x']);
  });

  it('stand among the labels', () => {
    const text = 'changed-files-labels-limit: 3\nx:\n- head-branch: a\n';
    expect(parseLabelerFile(text, 'f').value).toEqual({
      maxLabels: 3,
      rules: { x: [{ 'head-branch': 'a' }] },
    });
  });

  it('name the labels that nothing is known of', () => {
    expect(passedOver({ rules, maxFiles: 1 }, paths)).toEqual(['a', 'b']);
    expect(passedOver({ rules, maxFiles: 2 }, paths)).toEqual([]);
    expect(passedOver({ rules }, [])).toEqual(['a', 'b', 'head']);
  });
});

describe('a pull request without files', () => {
  it.each([
    "x:\n- changed-files:\n  - any-glob-to-all-files: 'docs/**'\n",
    "x:\n- changed-files:\n  - all-globs-to-all-files: ['!src/**']\n",
    'x:\n- head-branch: work\n',
  ])('matches no rule, as in the action: %j', async (yaml) => {
    expect(await labelsFor(yaml, { paths: [] })).toEqual([]);
  });
});

describe('rules that are none', () => {
  it.each([
    ['x: docs/**\n', 'x', 1],
    ['x:\n- changed-file: a\n', 'x.0.changed-file', 2],
    ['x:\n- changed-files:\n  - any-glob-to-any: a\n', 'x.0.changed-files.0.any-glob-to-any', 3],
    ['x:\n- head-branch: 5\n', 'x.0.head-branch', 2],
    ["x:\n- base-branch:\n  - main\n  - '(['\n", 'x.0.base-branch.1', 4],
    [`${'a'.repeat(51)}:\n- head-branch: a\n`, 'a'.repeat(51), 1],
  ])('%j is told with its place', (yaml, key, line) => {
    const { value, errors } = parseYaml(yaml, 'labeler.yml', labelRulesSchema);
    expect(value).toBeNull();
    expect(errors).toMatchObject([{ key, line }]);
  });
});

it.each([
  ['\\Amain', 'main', false],
  ['main\\z', 'main', false],
  ['^\\p{L}+$', 'main', false],
  ['^[[:alpha:]]+$', 'main', false],
  ['[]', ']', false],
  ['^[^]+$', 'main', true],
  ['\\x{2}', 'xx', true],
  ['\\Qa.b\\E', 'a.b', false],
])('the branch pattern %s is read as JavaScript reads it', (pattern, branch, matches) => {
  expect(new RegExp(pattern).test(branch)).toBe(matches);
  expect(matchBranch(pattern, branch)).toBe(matches);
});

describe('patterns made to take for ever', () => {
  it('a branch pattern that backtracks without end matches nothing', () => {
    expect(matchBranch('^(a+)+$', `${'a'.repeat(200)}!`)).toBe(false);
    expect(matchBranch('^(?=(a+)+$)b', `${'a'.repeat(200)}!`)).toBe(false);
    expect(matchBranch('(', 'a')).toBe(false);
    expect(matchBranch('^a+$', 'aaa')).toBe(true);
  });

  it('many of them have one budget, and others get their turn in between', async () => {
    const evil = Array.from({ length: 20 }, (_, index) => `^(?=(a+)+$)b${index}`);
    const rules = labelRulesSchema.parse({ x: [{ 'head-branch': evil }] });
    const budget = branchBudget();
    let turns = 0;
    const clock = setInterval(() => {
      turns += 1;
    });
    const change = subject({ headBranch: `${'a'.repeat(200)}!` });
    expect(await matchLabelRules({ rules }, change, budget)).toEqual([]);
    clearInterval(clock);
    expect(budget.left).toBeLessThan(1);
    expect(turns).toBeGreaterThan(0);
    expect(matchBranch('^(?=a)a', 'a', budget)).toBe(false);
    expect(matchBranch('^a', 'a', budget)).toBe(true);
  });

  it('repetitions that RE2 writes out end as well', () => {
    expect(matchBranch(`${'a{0,1000}'.repeat(20)}b`, 'a'.repeat(200))).toBe(false);
    expect(matchBranch('^\\d{4}-\\d{2}$', '2020-10')).toBe(true);
  });

  it.each([`${'*a'.repeat(40)}b`, '+(+(+(+(a)))|aa)b', '{a,b}'.repeat(30), '**/a/'.repeat(30)])(
    'the glob %s ends',
    async (glob) => {
      const rules = labelRulesSchema.parse({ x: [{ 'changed-files': [glob] }] });
      const paths = ['a'.repeat(250), `${'a/'.repeat(120)}c`];
      expect(await matchLabelRules({ rules }, subject({ paths }))).toEqual([]);
    },
  );

  it('no glob and no path make it throw', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }),
        fc.array(fc.string({ maxLength: 60, unit: 'binary' }), { maxLength: 5 }),
        async (pattern, paths) => {
          const rules = labelRulesSchema.parse({
            x: [{ 'changed-files': [pattern] }, { 'head-branch': pattern }],
          });
          const labels = await matchLabelRules({ rules }, subject({ paths }));
          expect(['', 'x']).toContain(labels.join());
        },
      ),
      { numRuns: 100 },
    );
  });
});

it('patterns that look around share a budget, and all match while some of it is left', () => {
  const budget = branchBudget();
  expect(matchBranch('^(?!main)', 'work', budget)).toBe(true);
  expect(matchBranch('^(?=work)', 'work', budget)).toBe(true);
  expect(budget.left).toBeLessThan(100);
  budget.left = 0;
  expect(matchBranch('^(?!main)', 'work', budget)).toBe(false);
  expect(matchBranch('^work', 'work', budget)).toBe(true);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ISSUE_TYPES, type IssueType } from '../../src/triage/plan.js';
import { resolveLabel, typeOfLabel, whyAbsent } from '../../src/triage/resolve-labels.js';

/** Names as popular repositories have them. */
const MEANT: Readonly<Record<IssueType, readonly string[]>> = {
  bug: [
    'bug',
    'Bug',
    'BUG',
    'bugs',
    'kind/bug',
    'Kind/Bug',
    'kind:bug',
    'kind: bug',
    'type: bug',
    'Type: Bug',
    'Type: bug',
    'type:bug',
    'type/bug',
    'type-bug',
    'type - bug',
    'type=bug',
    'type::bug',
    'Issue Type: Bug',
    'category: bug',
    'C-bug',
    'c: bug',
    'T-bug',
    'T: bug',
    'T-Defect',
    '🐛 bug',
    '🐛bug',
    'bug 🐛',
    'Bug :bug:',
    ':bug: bug',
    'type: bug :bug:',
    '🐞 Type: Bug',
    'bug 🕷️',
    'Bug Report',
    'bug-report',
    'bug_report',
    'type: bug report',
    '[bug]',
    'defect',
    'kind/defect',
  ],
  feature: [
    'enhancement',
    'Enhancement',
    'feature',
    'feature request',
    'Feature Request',
    'feature-request',
    'feature_request',
    'new feature',
    'type: enhancement',
    'Type: Enhancement',
    'type: feature',
    'type: feature request',
    'type:feature-request',
    'C-enhancement',
    'C-feature-request',
    'T-Enhancement',
    'kind/feature',
    'kind/enhancement',
    'kind/feature-request',
    '✨ enhancement',
    '🚀 feature request',
    ':rocket: Feature Request',
    'enhancement ✨',
    'improvement',
    'type: improvement',
    'suggestion',
    'wishlist',
    'feat',
  ],
  question: [
    'question',
    'Question',
    'questions',
    'Type: Question',
    'type: question',
    'type/question',
    'kind/question',
    'kind/support',
    'support',
    'type: support',
    'support request',
    'T-question',
    'C-question',
    '❓ question',
    'question ❓',
    ':question: question',
    'usage question',
    'Q&A',
  ],
  documentation: [
    'documentation',
    'Documentation',
    'type: documentation',
    'Type: Docs',
    'kind/documentation',
    'C-docs',
    'docs',
    'Doc',
    ':memo: documentation',
    '📝 docs',
  ],
};

/** Names that only look like it. */
const NOT_MEANT = [
  '',
  ' ',
  'area: bug tracker',
  'area/bug',
  'help wanted',
  'good first issue',
  'debug',
  'debugging',
  'type: debugging',
  'not a bug',
  'not-a-bug',
  'needs-bug-report',
  'needs bug report',
  'bugfix',
  'bug fix',
  'bug-bounty',
  'bug hunt',
  'no bug',
  'upstream bug',
  'bug: confirmed',
  'bug/regression',
  'ladybug',
  'security',
  'regression',
  'features',
  'feature: editor',
  'feature flag',
  'feature-flags',
  'feature complete',
  'feature parity',
  'defeat',
  'performance enhancement needed',
  'enhancements-later',
  'questionable',
  'question answered',
  'needs support',
  'unsupported',
  'browser support',
  'not supported',
  'support: windows',
  'documentation needed',
  'docs: api',
  'area: docs',
  'docs-build',
  'kind/cleanup',
  'C-',
  'type:',
  'kind/',
  '🐛',
  ':bug:',
  'wontfix',
  'duplicate',
  'invalid',
  'triage',
  'P-high',
  'bug bug',
];

const ALL = ISSUE_TYPES.flatMap((kind) => MEANT[kind].map((name) => [name, kind] as const));

describe('typeOfLabel', () => {
  it.each(ALL)('reads "%s" as %s', (name, kind) => {
    expect(typeOfLabel(name, {})).toBe(kind);
  });

  it.each(NOT_MEANT)('reads nothing into "%s"', (name) => {
    expect(typeOfLabel(name, {})).toBeNull();
  });

  it('takes the configured name for its class, whatever its case', () => {
    const mapping = { bug: 'Needs Fixing', question: 'bug' };
    expect(typeOfLabel('needs fixing', mapping)).toBe('bug');
    expect(typeOfLabel('BUG', mapping)).toBe('question');
  });

  it('still sees the usual names as decisions when another is configured, or none', () => {
    expect(typeOfLabel('defect', { bug: 'Needs Fixing' })).toBe('bug');
    expect(typeOfLabel('bug', { bug: false })).toBe('bug');
  });

  it('never throws, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        const found = typeOfLabel(name, {});
        expect(found === null || ISSUE_TYPES.includes(found)).toBe(true);
      }),
    );
  });
});

describe('resolveLabel', () => {
  it.each(ALL)('finds "%s" for its class among others', (name, kind) => {
    const others = ['help wanted', 'debug', 'discussion'];
    expect(resolveLabel(kind, {}, [...others, name])).toEqual({ kind: 'existing', name });
  });

  it.each(NOT_MEANT)('never takes "%s"', (name) => {
    for (const kind of ISSUE_TYPES) {
      expect(resolveLabel(kind, {}, [name]).kind).toBe('missing');
    }
  });

  it('leaves a label to the type that the configuration gives it to', () => {
    const mapping = { bug: 'Support', feature: 'bug' };
    expect(resolveLabel('question', mapping, ['support', 'bug'])).toMatchObject({
      kind: 'missing',
    });
    expect(resolveLabel('question', mapping, ['support', 'q&a'])).toMatchObject({ name: 'q&a' });
    const taken = resolveLabel('bug', { feature: 'bug' }, ['bug']);
    expect(taken).toEqual({ kind: 'taken', name: 'bug' });
    expect(whyAbsent(taken, 'bug', true)?.text).toContain('gives to another type');
    const shared = { bug: 'support', question: 'support' };
    expect(resolveLabel('question', shared, ['support'])).toMatchObject({ kind: 'existing' });
  });

  it('prefers the most telling name, then the shortest', () => {
    expect(resolveLabel('bug', {}, ['defect', 'type: bug', 'bug'])).toMatchObject({ name: 'bug' });
    expect(resolveLabel('feature', {}, ['improvement', 'enhancement', 'feature'])).toMatchObject({
      name: 'feature',
    });
  });

  it('does not depend on the order in which GitHub lists the labels', () => {
    const names = fc.shuffledSubarray([...MEANT.bug.slice(0, 12), ...NOT_MEANT.slice(0, 12)], {
      minLength: 1,
    });
    fc.assert(
      fc.property(names, (some) => {
        const a = resolveLabel('bug', {}, some);
        const b = resolveLabel('bug', {}, [...some].reverse());
        const c = resolveLabel('bug', {}, [...some].sort());
        expect([b, c]).toEqual([a, a]);
      }),
    );
  });

  it('uses the configured label as the repository spells it', () => {
    expect(resolveLabel('bug', { bug: 'needs FIXING' }, ['bug', 'Needs fixing'])).toEqual({
      kind: 'existing',
      name: 'Needs fixing',
    });
  });

  it('says what is missing instead of using another label than the configured', () => {
    expect(resolveLabel('bug', { bug: 'Defekt' }, ['bug'])).toEqual({
      kind: 'missing',
      name: 'Defekt',
    });
    expect(resolveLabel('feature', {}, [])).toEqual({ kind: 'missing', name: 'enhancement' });
  });

  it('is off for a class whose label is false', () => {
    expect(resolveLabel('question', { question: false }, ['question'])).toEqual({ kind: 'off' });
  });
});

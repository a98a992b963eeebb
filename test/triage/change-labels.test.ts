import { describe, expect, it } from 'vitest';
import { parseRepositoryConfig } from '../../src/config/parse-repository-config.js';
import {
  breakingLabel,
  decidedOtherwise,
  needsTestsLabel,
  sizeLabels,
  typeLabels,
} from '../../src/triage/change-labels.js';
import { CHANGE_TYPES } from '../../src/triage/changed-file.js';
import { resolveName } from '../../src/triage/resolve-labels.js';

function configured(yaml = '') {
  const { config } = parseRepositoryConfig(yaml, 'sentinel.yml');
  if (config === null) throw new Error('the configuration has errors');
  return config.pull_requests;
}
const DEFAULTS = configured();

describe('the label of a type', () => {
  it.each([
    ['feat', ['feature', 'enhancement', 'type: feature', 'New Feature', 'improvement']],
    ['fix', ['fix', 'bug', 'kind/bug', 'bugfix', 'Bug Fix', 'defect']],
    ['docs', ['documentation', 'docs', 'type: docs']],
    ['style', ['style', 'formatting']],
    ['refactor', ['refactor', 'refactoring', 'kind/cleanup']],
    ['perf', ['performance', 'perf', 'optimization']],
    ['test', ['test', 'tests', 'testing']],
    ['build', ['build', 'packaging']],
    ['ci', ['ci', 'CI/CD', 'github actions']],
    ['chore', ['chore', 'maintenance', 'internal']],
  ] as const)('%s is found by name: %j', (type, names) => {
    for (const name of names) {
      const found = CHANGE_TYPES.filter(
        (other) =>
          resolveName(typeLabels(DEFAULTS)[other], ['help wanted', name]).kind === 'existing',
      );
      expect([name, found]).toEqual([name, [type]]);
    }
  });

  it('is called as GitHub and most repositories call it where there is none', () => {
    const names = CHANGE_TYPES.map((type) => resolveName(typeLabels(DEFAULTS)[type], []));
    expect(names).toEqual(
      ['enhancement', 'bug', 'documentation', 'style', 'refactor', 'performance', 'test']
        .concat(['build', 'ci', 'chore'])
        .map((name) => ({ kind: 'missing', name })),
    );
  });

  it('is the one that the configuration names, or none', () => {
    const labels = typeLabels(configured('pull_requests: { types: { feat: Neu, chore: false } }'));
    expect(resolveName(labels.feat, ['feature', 'neu'])).toEqual({ kind: 'existing', name: 'neu' });
    expect(resolveName(labels.chore, ['chore'])).toEqual({ kind: 'off' });
  });
});

describe('the label of a size', () => {
  it.each(['size/M', 'size: m', 'size:M', 'Size M'])('is found by name: %s', (name) => {
    const labels = sizeLabels(DEFAULTS);
    expect(resolveName(labels.M, [name])).toEqual({ kind: 'existing', name });
    expect(resolveName(labels.XS, [name])).toEqual({ kind: 'missing', name: 'size/XS' });
  });
});

it('needs-tests is found by name, named, or off', () => {
  const label = (wish: string) =>
    resolveName(needsTestsLabel(configured(`pull_requests: { needs_tests: ${wish} }`)), [
      'Needs Tests',
      'untested',
    ]);
  expect(label('true')).toEqual({ kind: 'existing', name: 'Needs Tests' });
  expect(label('untested')).toEqual({ kind: 'existing', name: 'untested' });
  expect(label('false')).toEqual({ kind: 'off' });
});

it.each(['breaking', 'Breaking Change', 'semver: major'])(
  '%s says that a change breaks',
  (name) => {
    expect(resolveName(breakingLabel(DEFAULTS), [name])).toEqual({ kind: 'existing', name });
  },
);

describe('labels that are not learned, because something else decides them', () => {
  const decided = decidedOtherwise(
    configured('pull_requests: { types: { feat: Neu }, paths: { Area A: [{ head-branch: a }] } }'),
  );

  it.each(['kind/refactor', 'neu', 'size/XXL', 'breaking', 'needs tests', 'question', 'area a'])(
    '%s is one',
    (label) => {
      expect(decided(label)).toBe(true);
    },
  );

  it.each(['area: api', 'help wanted', 'size matters'])('%s is none', (label) => {
    expect(decided(label)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { parseRepositoryConfig } from '../../src/config/parse-repository-config.js';
import { assessChange } from '../../src/triage/assess-change.js';
import { DEFAULT_SIZE_THRESHOLDS } from '../../src/triage/change-size.js';
import {
  decidePullRequest,
  type PullRequestEvidence,
} from '../../src/triage/decide-pull-request.js';
import type { LabelEvent } from '../../src/triage/issue.js';
import { aFile, scoresWith, thresholdsOf } from '../support/a-change.js';

const ours = (label: string): LabelEvent => ({ label, action: 'added', ours: true });

interface Given extends Partial<PullRequestEvidence> {
  readonly yaml?: string;
  readonly title?: string;
  readonly labels?: readonly string[];
}

/** The plan for a change the model is not sure of. */
function decide({ yaml = '', title = 'Things', labels = [], ...evidence }: Given) {
  const { config } = parseRepositoryConfig(yaml, 'sentinel.yml');
  if (config === null) throw new Error('the configuration has errors');
  const files = [aFile('src/a.ts')];
  const scores = scoresWith('feat', 0.2);
  const pull = {
    repository: 'octo/widgets',
    number: 1,
    title,
    body: null,
    url: 'https://github.com/octo/widgets/pull/1',
    author: 'reporter',
    authorIsBot: false,
    labels,
    locked: false,
    closed: false,
    draft: false,
    headSha: 'a'.repeat(40),
    headBranch: 'work',
    baseBranch: 'main',
    changedFiles: files.length,
  };
  return decidePullRequest({
    pull,
    paths: files.map(({ path }) => path),
    assessment: assessChange({
      title,
      body: null,
      files,
      scores,
      thresholds: thresholdsOf(0.9),
      sizes: DEFAULT_SIZE_THRESHOLDS,
      conventional: false,
      hasTests: false,
    }),
    scores,
    model: 'a model',
    config,
    ruleLabels: [],
    ruledLabels: [],
    passedOverLabels: [],
    labelHistory: labels.map(ours),
    repositoryLabels: ['area: docs', 'documentation', 'enhancement', 'bug'],
    attributions: [],
    learned: null,
    ...evidence,
  });
}

describe('the type label', () => {
  it('comes off when the title now says another type, if it is our own', () => {
    expect(decide({ title: 'revert: x', labels: ['bug'] }).removeLabels).toEqual(['bug']);
    expect(decide({ title: 'Revert "x"', labels: ['bug'] }).removeLabels).toEqual(['bug']);
    const theirs = [{ ...ours('bug'), ours: false }];
    const person = decide({ title: 'revert: x', labels: ['bug'], labelHistory: theirs });
    expect(person.removeLabels).toEqual([]);
  });

  it('stays when nothing is known any more', () => {
    expect(decide({ title: 'Things', labels: ['bug'] }).removeLabels).toEqual([]);
  });
});

describe('what only has labels to take off', () => {
  const given = { title: 'revert: x', labels: ['bug'] };

  it('is a change, and in suggest mode, where nobody is told, none', () => {
    expect(decide(given)).toMatchObject({ verdict: 'label', removeLabels: ['bug'] });
    const suggested = decide({ ...given, yaml: 'mode: suggest' });
    expect(suggested).toMatchObject({ verdict: 'abstain', comment: null });
  });
});

describe('labels of rules, with sync_labels', () => {
  const yaml = 'pull_requests: { sync_labels: true }';
  const given = { yaml, labels: ['area: docs'], ruledLabels: ['area: docs'] };

  it('come off where the rule no longer matches', () => {
    expect(decide(given).removeLabels).toEqual(['area: docs']);
  });

  it('stay as they are where the rule was passed over', () => {
    expect(decide({ ...given, passedOverLabels: ['Area: Docs'] }).removeLabels).toEqual([]);
  });
});

describe('where there are nearly as many labels as GitHub takes', () => {
  const numbered = (count: number) => Array.from({ length: count }, (_, n) => `label ${n}`);

  it('only as many are put on as there is room for before any comes off, and no other is created', () => {
    const labels = [...numbered(98), 'area: docs'];
    const plan = decide({
      yaml: 'create_labels: true\npull_requests: { sync_labels: true }',
      labels,
      labelHistory: [ours('area: docs')],
      ruledLabels: ['area: docs', 'area: api', 'area: cli'],
      ruleLabels: ['area: api', 'area: cli'],
    });
    expect(plan.removeLabels).toEqual(['area: docs']);
    expect(plan.addLabels).toEqual(['area: api']);
    expect(plan.createLabels.map(({ name }) => name)).toEqual(['area: api']);
  });
});

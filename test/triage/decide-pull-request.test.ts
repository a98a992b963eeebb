import { describe, expect, it } from 'vitest';
import { parseRepositoryConfig } from '../../src/config/parse-repository-config.js';
import { assessChange, type ChangeAssessment } from '../../src/triage/assess-change.js';
import { DEFAULT_SIZE_THRESHOLDS } from '../../src/triage/change-size.js';
import {
  decidePullRequest,
  type PullRequestEvidence,
} from '../../src/triage/decide-pull-request.js';
import type { LabelEvent } from '../../src/triage/issue.js';
import type { Learned } from '../../src/triage/learned.js';
import { aFile, scoresWith, thresholdsOf } from '../support/a-change.js';

const ours = (label: string): LabelEvent => ({ label, action: 'added', ours: true });

interface Given extends Partial<PullRequestEvidence> {
  readonly yaml?: string;
  readonly title?: string;
  readonly labels?: readonly string[];
}

const FILES = [aFile('src/a.ts')];
const SCORES = scoresWith('feat', 0.2);

/** What is said of a change the model is not sure of. */
function anAssessment(title: string): ChangeAssessment {
  return assessChange({
    title,
    body: null,
    files: FILES,
    scores: SCORES,
    thresholds: thresholdsOf(0.9),
    sizes: DEFAULT_SIZE_THRESHOLDS,
    conventional: false,
    hasTests: false,
  });
}

/** The plan for a change the model is not sure of. */
function decide({ yaml = '', title = 'Things', labels = [], ...evidence }: Given) {
  const { config } = parseRepositoryConfig(yaml, 'sentinel.yml');
  if (config === null) throw new Error('the configuration has errors');
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
    changedFiles: FILES.length,
  };
  return decidePullRequest({
    pull,
    paths: FILES.map(({ path }) => path),
    assessment: anAssessment(title),
    scores: SCORES,
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

describe('a decision', () => {
  const codes = (given: Given) => decide(given).reasons.map(({ code }) => code);

  it('says all it rests on: the change, rules, and what people did', () => {
    const labelHistory = [{ ...ours('bug'), ours: false }];
    const given = { title: 'fix: x', labels: ['bug'], labelHistory, ruleLabels: ['area: docs'] };
    expect(codes(given)).toEqual(['title', 'size', 'rules', 'human-added']);
    expect(decide(given)).toMatchObject({ verdict: 'label', addLabels: ['area: docs'] });
    expect(codes({})).toEqual(['unsure', 'size']);
  });

  it('keeps what is right already or what someone else decided, and abstains when not sure', () => {
    expect(decide({ title: 'fix: x', labels: ['bug'] }).verdict).toBe('keep');
    const theirs = [{ ...ours('bug'), ours: false }];
    expect(decide({ labels: ['bug'], labelHistory: theirs }).verdict).toBe('keep');
    expect(decide({})).toMatchObject({ verdict: 'abstain', comment: null });
  });

  it('shows a check only where that is wished, with the labels that fit', () => {
    const given = { title: 'fix: x', labels: ['bug'] };
    expect(decide(given).check).toBeNull();
    const { check } = decide({ ...given, yaml: 'pull_requests: { check_run: true }' });
    expect(check?.summary).toContain('`bug`');
    expect(check?.summary).toContain('a model');
  });

  it('is only a suggestion where there is a title to offer and nothing else', () => {
    const assessment = { ...anAssessment('Things'), suggestedTitle: 'feat: things' };
    const suggested = decide({ yaml: 'mode: suggest', assessment });
    expect(suggested).toMatchObject({ verdict: 'label', addLabels: [] });
    expect(suggested.comment?.body).toContain('feat: things');
    expect(decide({ assessment })).toMatchObject({ verdict: 'abstain', comment: null });
  });
});

describe('a label that the configuration gives to a type', () => {
  const given = { title: 'feat: x', repositoryLabels: ['enhancement'] };

  it('is not found by name for another, nor by permission to create labels', () => {
    for (const more of ['', 'create_labels: true\n']) {
      const plan = decide({
        ...given,
        yaml: `${more}pull_requests: { types: { perf: enhancement } }`,
      });
      expect(plan).toMatchObject({ addLabels: [], createLabels: [] });
      expect(plan.reasons.map(({ code }) => code)).toContain('no-label');
    }
  });

  it('may be given to two', () => {
    const yaml = 'pull_requests: { types: { perf: enhancement, feat: enhancement } }';
    expect(decide({ ...given, yaml }).addLabels).toEqual(['enhancement']);
  });
});

describe('labels beside the type', () => {
  it('say the size only where that is wished, and follow it', () => {
    const repositoryLabels = ['size/XS', 'size/L'];
    const given = { labels: ['size/L'], repositoryLabels };
    const yaml = 'pull_requests: { sizes: { enabled: true } }';
    expect(decide(given)).toMatchObject({ addLabels: [], removeLabels: [] });
    expect(decide({ ...given, yaml })).toMatchObject({
      addLabels: ['size/XS'],
      removeLabels: ['size/L'],
    });
  });

  it('say that it breaks or lacks tests for as long as it does', () => {
    const repositoryLabels = ['breaking', 'needs tests'];
    const given = { repositoryLabels, yaml: 'pull_requests: { needs_tests: true }' };
    const assessment = { ...anAssessment('Things'), breaking: true, needsTests: true };
    expect(decide({ ...given, assessment }).addLabels).toEqual(['breaking', 'needs tests']);
    const labels = ['breaking', 'needs tests'];
    expect(decide({ ...given, labels }).removeLabels).toEqual(labels);
  });

  it('come off with their rule only where that is wished', () => {
    const given = { labels: ['area: docs'], ruledLabels: ['area: docs'] };
    expect(decide(given)).toMatchObject({ verdict: 'abstain', removeLabels: [] });
  });
});

describe('labels learned from the repository', () => {
  const AREAS = ['area: api', 'area: docs', 'size/L', 'kind/perf'];
  const given = { repositoryLabels: AREAS, ruledLabels: ['AREA: docs'] };
  const learned = (switched = false): Learned => ({
    version: 3,
    precision: 0.9,
    labels: AREAS.map((name) => ({
      name,
      probability: 0.95,
      threshold: 0.8,
      likeliest: true,
      untried: false,
      switched,
    })),
    exclusive: [],
  });

  it('are put on where nothing else decides them', () => {
    const plan = decide({ ...given, learned: learned() });
    expect(plan).toMatchObject({
      verdict: 'label',
      addLabels: ['area: api'],
      model: 'a model + head 3',
      learned: { version: 3, suggested: [] },
    });
    expect(plan.reasons.map(({ code }) => code)).toEqual(['unsure', 'size', 'learned']);
    expect(decide(given).model).toBe('a model');
  });

  it('that are only suggested make it a suggestion, in apply mode too', () => {
    const plan = decide({ ...given, learned: learned(true) });
    expect(plan).toMatchObject({
      mode: 'suggest',
      verdict: 'label',
      addLabels: [],
      learned: { suggested: ['area: api'] },
    });
    expect(plan.comment?.body).toContain('area: api');
    expect(plan.reasons.map(({ code }) => code)).toContain('switched');
  });

  it('that are only suggested come beside labels that are put on', () => {
    const more = { ...given, repositoryLabels: [...AREAS, 'bug'], title: 'fix: x' };
    const plan = decide({ ...more, learned: learned(true) });
    expect(plan).toMatchObject({ mode: 'apply', addLabels: ['bug'] });
    expect(plan.comment?.body).toContain('area: api');
    expect(plan.comment?.body).not.toContain('bug');
    const suggest = decide({ ...more, learned: learned(true), yaml: 'mode: suggest' });
    expect(suggest.comment?.body).toContain('`bug`, `area: api`');
    const shadow = decide({ ...more, learned: learned(true), yaml: 'mode: shadow' });
    expect(shadow).toMatchObject({ mode: 'shadow', verdict: 'label', comment: null });
    expect(shadow.addLabels).toEqual(['bug', 'area: api']);
  });

  it('that are only suggested are recorded in shadow mode, as those of issues are', () => {
    const plan = decide({ ...given, learned: learned(true), yaml: 'mode: shadow' });
    expect(plan).toMatchObject({ mode: 'shadow', verdict: 'label', comment: null });
    expect(plan).toMatchObject({ addLabels: ['area: api'], learned: { suggested: [] } });
  });

  it('are not suggested against a person', () => {
    const labelHistory: LabelEvent[] = [{ label: 'area: api', action: 'removed', ours: false }];
    const plan = decide({ ...given, learned: learned(true), labelHistory });
    expect(plan).toMatchObject({ verdict: 'abstain', comment: null });
    expect(plan.reasons.map(({ code }) => code)).toContain('human-removed');
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

describe('labels of rules that stand for a type, too', () => {
  const given = { title: 'feat: x', labels: ['documentation'] };
  const ruled = { ...given, ruledLabels: ['Documentation'] };

  it('come off as a stale type where their rule says nothing', () => {
    expect(decide(given).removeLabels).toEqual(['documentation']);
    expect(decide(ruled).removeLabels).toEqual(['documentation']);
  });

  it.each([
    ['matches', { ruleLabels: ['Documentation'] }],
    // They are remembered for a minute.
    [
      'matches, though it was not among those read',
      { ruleLabels: ['Documentation'], repositoryLabels: ['enhancement'] },
    ],
    ['was passed over', { passedOverLabels: ['Documentation'] }],
  ])('stay where their rule %s', (_, rules) => {
    const plan = decide({ ...ruled, ...rules });
    expect(plan).toMatchObject({ addLabels: ['enhancement'], removeLabels: [] });
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

import { describe, expect, it } from 'vitest';
import type { RepositoryConfig } from '../../src/config/repository-config.js';
import { repositoryConfigSchema } from '../../src/config/repository-config.js';
import { decideIssue, type Evidence, effectiveThresholds } from '../../src/triage/decide-issue.js';
import type { LabelEvent } from '../../src/triage/issue.js';
import { anIssue } from '../support/an-issue.js';

const SURE_OF_BUG = { bug: 0.95, feature: 0.03, question: 0.02 };
const SURE_OF_FEATURE = { bug: 0.03, feature: 0.95, question: 0.02 };
const UNSURE = { bug: 0.5, feature: 0.3, question: 0.2 };

const config = (text: object = {}): RepositoryConfig => repositoryConfigSchema.parse(text);
const ours = (label: string, action: LabelEvent['action'] = 'added'): LabelEvent => ({
  label,
  action,
  ours: true,
});
const theirs = (label: string, action: LabelEvent['action'] = 'added'): LabelEvent => ({
  label,
  action,
  ours: false,
});

function evidence(change: Partial<Evidence> = {}): Evidence {
  return {
    issue: anIssue(),
    labelHistory: [],
    repositoryLabels: ['bug', 'enhancement', 'question'],
    config: config(),
    scores: SURE_OF_BUG,
    thresholds: { bug: 0.88, feature: 0.66, question: 0.76 },
    model: 'issue-encoder test',
    ...change,
  };
}
const codes = (change: Partial<Evidence>) =>
  decideIssue(evidence(change)).reasons.map(({ code }) => code);

it('a label that the configuration gives to one type is not found by name for another', () => {
  const given = {
    scores: { bug: 0.02, feature: 0.03, question: 0.95 },
    repositoryLabels: ['support'],
  };
  for (const create_labels of [false, true]) {
    const labels = { bug: 'support', question: undefined };
    const plan = decideIssue(evidence({ ...given, config: config({ labels, create_labels }) }));
    expect(plan.addLabels).not.toContain('support');
  }
});

describe('a title that names the documentation', () => {
  const issue = anIssue({ title: '[Docs] Wrong default of timeout' });
  const repositoryLabels = ['bug', 'docs'];

  it('is labelled so whatever the encoder says, and says why', () => {
    for (const scores of [SURE_OF_BUG, UNSURE]) {
      const plan = decideIssue(evidence({ issue, repositoryLabels, scores }));
      expect([plan.decided, plan.addLabels]).toEqual(['documentation', ['docs']]);
      expect(plan.reasons).toEqual([
        { code: 'documentation', text: 'Its title names the documentation ("Docs").' },
      ]);
    }
  });

  it('is decided by the encoder where documentation has no label, or is switched off', () => {
    expect(decideIssue(evidence({ issue })).addLabels).toEqual(['bug']);
    const off = config({ labels: { documentation: false }, create_labels: true });
    expect(decideIssue(evidence({ issue, repositoryLabels, config: off })).decided).toBe('bug');
  });

  it('has its label created where that is wished', () => {
    const plan = decideIssue(evidence({ issue, config: config({ create_labels: true }) }));
    expect(plan.createLabels).toEqual([
      { name: 'documentation', color: '0075ca', description: expect.any(String) },
    ]);
  });

  it('changes nothing that a person decided', () => {
    const labelled = { ...issue, labels: ['bug'] };
    const put = { issue: labelled, repositoryLabels, labelHistory: [theirs('bug')] };
    expect(codes(put)).toContain('human-added');
    const taken = { issue, repositoryLabels, labelHistory: [theirs('docs', 'removed')] };
    expect(codes(taken)).toContain('human-removed');
  });

  it('is suggested without a figure that nobody measured', () => {
    const suggest = config({ mode: 'suggest' });
    const plan = decideIssue(evidence({ issue, repositoryLabels, config: suggest }));
    expect(plan.comment?.body).toContain(
      'this reads like a documentation issue, so the label `docs` may fit (as its title says).',
    );
  });
});

describe('a label for documentation', () => {
  it('is a type: where a person put it, bug is not added', () => {
    const issue = anIssue({ labels: ['documentation'] });
    expect(codes({ issue, labelHistory: [theirs('documentation')] })).toContain('human-added');
  });
});

describe('a sure decision', () => {
  it('adds the label of its class, and says what it rests on', () => {
    expect(decideIssue(evidence())).toEqual({
      mode: 'apply',
      verdict: 'label',
      decided: 'bug',
      addLabels: ['bug'],
      removeLabels: [],
      createLabels: [],
      comment: null,
      scores: SURE_OF_BUG,
      reasons: [expect.objectContaining({ code: 'sure' })],
      model: 'issue-encoder test',
    });
  });

  it('keeps labels that say nothing about the class', () => {
    const plan = decideIssue(evidence({ issue: anIssue({ labels: ['help wanted'] }) }));
    expect([plan.addLabels, plan.removeLabels]).toEqual([['bug'], []]);
  });

  it('changes nothing where the label is there by Sentinel already', () => {
    const plan = decideIssue(
      evidence({ issue: anIssue({ labels: ['BUG'] }), labelHistory: [ours('bug')] }),
    );
    expect([plan.verdict, plan.addLabels, plan.removeLabels]).toEqual(['keep', [], []]);
    expect(plan.reasons.at(-1)?.code).toBe('present');
  });

  it('decides again where no decision tells that Sentinel put the label on', () => {
    const labelHistory = [{ ...ours('bug'), unrecorded: true as const }];
    const issue = anIssue({ labels: ['bug'] });
    const plan = decideIssue(evidence({ issue, labelHistory }));
    expect([plan.verdict, plan.addLabels, plan.removeLabels]).toEqual(['label', ['bug'], []]);
  });

  it('takes off the label Sentinel gave for another class', () => {
    const plan = decideIssue(
      evidence({
        issue: anIssue({ labels: ['enhancement'] }),
        labelHistory: [ours('enhancement')],
      }),
    );
    expect([plan.addLabels, plan.removeLabels]).toEqual([['bug'], ['enhancement']]);
    expect(plan.reasons.at(-1)?.code).toBe('changed');
  });

  it('finishes a swap that broke off after its first half', () => {
    const plan = decideIssue(
      evidence({
        issue: anIssue({ labels: ['enhancement', 'bug'] }),
        labelHistory: [ours('enhancement'), ours('bug')],
      }),
    );
    expect([plan.verdict, plan.removeLabels]).toEqual(['label', ['enhancement']]);
  });
});

it('what Sentinel itself took off may come back: it is nobody’s decision', () => {
  const labelHistory = [ours('bug'), ours('enhancement'), ours('bug', 'removed')];
  const issue = anIssue({ labels: ['enhancement'] });
  const plan = decideIssue(evidence({ issue, labelHistory }));
  expect([plan.addLabels, plan.removeLabels]).toEqual([['bug'], ['enhancement']]);
});

describe('what a person decided', () => {
  it.each<[string, Partial<Evidence>, string]>([
    [
      'a label for another class',
      { issue: anIssue({ labels: ['question'] }), labelHistory: [theirs('question')] },
      'human-added',
    ],
    [
      'a label that has no history, from when the issue was opened',
      { issue: anIssue({ labels: ['question'] }) },
      'human-added',
    ],
    [
      'another word for the class',
      { issue: anIssue({ labels: ['defect'] }), labelHistory: [theirs('defect')] },
      'human-added',
    ],
    [
      'the same label again, after taking Sentinel’s off',
      {
        issue: anIssue({ labels: ['bug'] }),
        labelHistory: [ours('bug'), theirs('bug', 'removed'), theirs('bug')],
        scores: SURE_OF_FEATURE,
      },
      'human-added',
    ],
    [
      'off what Sentinel put on',
      { labelHistory: [ours('bug'), theirs('bug', 'removed')] },
      'human-removed',
    ],
    [
      'off a label of another class',
      { labelHistory: [ours('enhancement'), theirs('Enhancement', 'removed')] },
      'human-removed',
    ],
    [
      'off what another person put on',
      { labelHistory: [theirs('question'), theirs('question', 'removed')] },
      'human-removed',
    ],
    [
      'a configured label that has an unusual name',
      {
        config: config({ labels: { bug: 'Needs Fixing' } }),
        labelHistory: [ours('Needs Fixing'), theirs('needs fixing', 'removed')],
      },
      'human-removed',
    ],
  ])('stands: %s', (_, change, code) => {
    const plan = decideIssue(evidence(change));
    expect(plan.verdict).toBe('keep');
    expect(plan.reasons.at(-1)?.code).toBe(code);
    expect([plan.addLabels, plan.removeLabels, plan.createLabels]).toEqual([[], [], []]);
  });

  it('about labels that say nothing of the class does not matter', () => {
    const labelHistory = [theirs('help wanted'), theirs('help wanted', 'removed')];
    expect(codes({ labelHistory })).toEqual(['sure']);
  });
});

describe('where nothing is added', () => {
  it('the model is not sure', () => {
    expect(decideIssue(evidence({ scores: UNSURE }))).toMatchObject({
      verdict: 'abstain',
      decided: null,
      addLabels: [],
      reasons: [{ code: 'unsure' }],
    });
  });

  it('the class is switched off', () => {
    expect(decideIssue(evidence({ config: config({ labels: { bug: false } }) }))).toMatchObject({
      verdict: 'abstain',
      addLabels: [],
      reasons: [{ code: 'sure' }, { code: 'label-off' }],
    });
  });

  it('the repository has no such label', () => {
    expect(decideIssue(evidence({ repositoryLabels: ['help wanted'] }))).toMatchObject({
      verdict: 'abstain',
      addLabels: [],
      reasons: [{ code: 'sure' }, { code: 'no-label' }],
    });
  });
});

describe('the configuration', () => {
  it('lets a missing label be created, as GitHub’s defaults look', () => {
    const plan = decideIssue(
      evidence({ repositoryLabels: [], config: config({ create_labels: true }) }),
    );
    expect(plan.createLabels).toEqual([
      { name: 'bug', color: 'd73a4a', description: expect.any(String) },
    ]);
    expect(plan.addLabels).toEqual(['bug']);
  });

  it('gives the thresholds it sets, and the model the others', () => {
    const model = { bug: 0.8, feature: 0.7, question: 0.6 };
    for (const type of ['bug', 'feature', 'question'] as const) {
      const own = config({ thresholds: { [type]: 0.99 } });
      expect(effectiveThresholds(own, model)).toEqual({ ...model, [type]: 0.99 });
    }
    expect(codes({ config: config({ thresholds: { bug: 0.99 } }) })).toEqual(['unsure']);
  });

  it('turns a label into a comment in suggest mode only', () => {
    const comment = (mode: string) => decideIssue(evidence({ config: config({ mode }) })).comment;
    expect(comment('suggest')?.body).toContain('`bug`');
    expect(comment('shadow')).toBeNull();
    expect(comment('apply')).toBeNull();
  });
});

describe('a label that another bot put on', () => {
  const byBot = (label: string, action: LabelEvent['action'] = 'added'): LabelEvent => ({
    ...theirs(label, action),
    bot: 'helper[bot]',
  });

  it('stays alone, and the bot is named', () => {
    const issue = anIssue({ labels: ['enhancement'] });
    const plan = decideIssue(evidence({ issue, labelHistory: [byBot('enhancement')] }));
    expect(plan).toMatchObject({ verdict: 'keep', addLabels: [], removeLabels: [] });
    expect(plan.reasons.at(-1)).toEqual({
      code: 'bot-added',
      text: 'The bot helper[bot] put "enhancement" on it; none is put beside it.',
    });
  });

  it('matters only where it says a type', () => {
    const issue = anIssue({ labels: ['needs triage'] });
    const plan = decideIssue(evidence({ issue, labelHistory: [byBot('needs triage')] }));
    expect(plan.addLabels).toEqual(['bug']);
  });

  it('is as good as our own where it fits', () => {
    const issue = anIssue({ labels: ['bug'] });
    expect(codes({ issue, labelHistory: [byBot('bug')] })).toContain('present');
  });

  it('settles nothing once the bot took it off, but is not put back', () => {
    const labelHistory = [byBot('bug'), byBot('bug', 'removed')];
    expect(codes({ labelHistory })).toContain('bot-removed');
    const plan = decideIssue(evidence({ labelHistory, scores: SURE_OF_FEATURE }));
    expect(plan.addLabels).toEqual(['enhancement']);
  });

  it('does not come off beside our own', () => {
    const issue = anIssue({ labels: ['bug', 'enhancement'] });
    const labelHistory = [byBot('enhancement'), ours('bug')];
    expect(decideIssue(evidence({ issue, labelHistory })).removeLabels).toEqual([]);
  });
});

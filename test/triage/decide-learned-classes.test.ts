import { describe, expect, it } from 'vitest';
import { decideLearned } from '../../src/triage/decide-learned.js';
import { anIssue } from '../support/an-issue.js';
import {
  AREAS,
  byPerson,
  byUs,
  codes,
  evidence,
  label,
  learned,
  SURE_OF_BUG,
  SURE_OF_FEATURE,
} from '../support/learned-evidence.js';

describe('classes beside learned labels', () => {
  it('are decided as before where the history says nothing about them', () => {
    const plan = decideLearned(
      evidence({ scores: SURE_OF_BUG }),
      learned([label('area: api', 0.9)]),
    );
    expect(plan).toMatchObject({ decided: 'bug', addLabels: ['area: api', 'bug'] });
    expect(codes(plan)).toEqual(['learned', 'sure']);
  });

  it('are replaced or created as without it', () => {
    const area = learned([label('area: api', 0.9)]);
    const issue = anIssue({ labels: ['enhancement'] });
    const given = { scores: SURE_OF_BUG, issue, labelHistory: [byUs('enhancement')] };
    const swapped = decideLearned(evidence(given), area);
    expect(swapped).toMatchObject({
      addLabels: ['area: api', 'bug'],
      removeLabels: ['enhancement'],
    });
    const bare = { repositoryLabels: AREAS, config: { create_labels: true } };
    const created = decideLearned(evidence({ scores: SURE_OF_BUG, ...bare }), area);
    expect(created).toMatchObject({
      addLabels: ['area: api', 'bug'],
      createLabels: [{ name: 'bug' }],
    });
  });

  it('are told as unsure only where nothing else is said', () => {
    const plan = decideLearned(evidence(), learned([label('area: api', 0.9)]));
    expect(codes(plan)).toEqual(['learned']);
  });

  it('are decided as before where the history knows only others', () => {
    const plan = decideLearned(evidence({ scores: SURE_OF_FEATURE }), learned([label('bug', 0.1)]));
    expect(plan).toMatchObject({ decided: 'feature', addLabels: ['enhancement'] });
  });

  it.each([
    ['put on', {}],
    ['suggested', { switched: true }],
  ])('stay off beside another that was learned and is %s', (_, more) => {
    const plan = decideLearned(
      evidence({ scores: SURE_OF_FEATURE }),
      learned([label('bug', 0.9, more)]),
    );
    expect(plan).toMatchObject({ verdict: 'label', addLabels: ['bug'] });
  });

  it('are left to what was learned where the history knows them', () => {
    const plan = decideLearned(
      evidence({ scores: SURE_OF_BUG }),
      learned([label('bug', 0.3), label('enhancement', 0.6)], [['bug', 'enhancement']]),
    );
    expect(plan.addLabels).toEqual([]);
  });

  it('are decided without it where the history is too short to judge them by', () => {
    const untried = { threshold: null, untried: true };
    const plan = decideLearned(
      evidence({ scores: SURE_OF_BUG }),
      learned(
        [label('bug', 0.7, untried), label('enhancement', 0.2, untried)],
        [['bug', 'enhancement']],
      ),
    );
    expect(plan.addLabels).toEqual(['bug']);
  });
});

describe('a type that the history is too short to judge, in a group of labels that exclude each other', () => {
  const KINDS = ['kind/bug', 'kind/cleanup', 'kind/flake'];
  const kinds = (cleanup: number) =>
    learned(
      [
        label('kind/bug', 0.1, { threshold: null, untried: true }),
        label('kind/cleanup', cleanup),
        label('kind/flake', 0.01),
      ],
      [KINDS],
    );
  const decide = (cleanup: number, more: Parameters<typeof evidence>[0] = {}) =>
    decideLearned(
      evidence({ scores: SURE_OF_BUG, repositoryLabels: KINDS, ...more }),
      kinds(cleanup),
    );

  it('goes on where nothing speaks against it', () => {
    expect(decide(0.05).addLabels).toEqual(['kind/bug']);
  });

  it('stays off beside one that is proposed', () => {
    expect(decide(0.85).addLabels).toEqual(['kind/cleanup']);
  });

  it('stays off beside one that is there, and where a person chose from them', () => {
    const issue = anIssue({ labels: ['kind/flake'] });
    expect(decide(0.05, { issue })).toMatchObject({ verdict: 'keep', addLabels: [] });
    const ours = [{ ...byPerson('kind/flake', 'added'), ours: true }];
    expect(decide(0.05, { issue, labelHistory: ours }).addLabels).toEqual([]);
    const taken = [byPerson('kind/flake', 'removed')];
    const stands = decide(0.05, { labelHistory: taken });
    expect(stands.addLabels).toEqual([]);
    expect(codes(stands)).toEqual(['learned-unsure', 'human-removed']);
  });

  it('goes on beside a label of another kind, and in the place of our own', () => {
    const issue = anIssue({ labels: ['help wanted'] });
    expect(decide(0.05, { issue }).addLabels).toEqual(['kind/bug']);
    const plan = decideLearned(
      evidence({
        scores: SURE_OF_BUG,
        issue: anIssue({ labels: ['enhancement'] }),
        labelHistory: [byUs('enhancement')],
      }),
      learned([label('bug', 0.7, { threshold: null, untried: true })], [['bug', 'enhancement']]),
    );
    expect(plan).toMatchObject({ addLabels: ['bug'], removeLabels: ['enhancement'] });
  });

  it('is settled for the others by a person’s other name of it', () => {
    const repositoryLabels = [...KINDS, 'defect'];
    const issue = anIssue({ labels: ['defect'] });
    expect(decide(0.85, { issue, repositoryLabels }).addLabels).toEqual([]);
  });
});

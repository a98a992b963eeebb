import { describe, expect, it } from 'vitest';
import { decideLearned } from '../../src/triage/decide-learned.js';
import { anIssue } from '../support/an-issue.js';
import {
  AREAS,
  byUs,
  codes,
  evidence,
  label,
  learned,
  SURE_OF_BUG,
  UNSURE,
} from '../support/learned-evidence.js';

describe('labels learned from a repository', () => {
  it('are put on from their thresholds on, several at once', () => {
    const plan = decideLearned(
      evidence(),
      learned([label('priority: high', 0.8), label('area: ui', 0.02), label('area: api', 0.93)]),
    );
    expect(plan).toMatchObject({
      mode: 'apply',
      verdict: 'label',
      addLabels: ['priority: high', 'area: api'],
      comment: null,
      model: 'issue-encoder test + head 3',
    });
    expect(codes(plan)).toEqual(['learned', 'learned']);
    expect(plan.learned?.scores).toEqual([
      { name: 'area: api', probability: 0.93, threshold: 0.8 },
      { name: 'priority: high', probability: 0.8, threshold: 0.8 },
      { name: 'area: ui', probability: 0.02, threshold: 0.8 },
    ]);
  });

  it('leave an issue alone when none reaches its threshold, and say how near it was', () => {
    const near = [label('priority: high', 0.6), label('area: api', 0.7994)];
    const plan = decideLearned(evidence(), learned(near));
    expect(plan).toMatchObject({ mode: 'apply', verdict: 'abstain', addLabels: [], comment: null });
    expect(codes(plan)).toEqual(['learned-unsure', 'unsure']);
    expect(plan.reasons[0]?.text).toContain('"area: api" at 79.9 %, below');
  });

  it('that exclude each other come one at a time, the likeliest', () => {
    const plan = decideLearned(
      evidence(),
      learned([label('area: api', 0.85), label('area: ui', 0.9)]),
    );
    expect(plan).toMatchObject({ verdict: 'label', addLabels: ['area: ui'] });
  });

  it('are decided again where no decision tells that Sentinel put them on, base labels too', () => {
    const types = [label('enhancement', 0.1, { threshold: null, untried: true })];
    for (const [name, labels] of [
      ['area: api', [label('area: api', 0.9)]],
      ['bug', types],
    ] as const) {
      const labelHistory = [{ ...byUs(name), unrecorded: true as const }];
      const issue = anIssue({ labels: [name] });
      const scores = name === 'bug' ? SURE_OF_BUG : UNSURE;
      const plan = decideLearned(
        evidence({ issue, labelHistory, scores }),
        learned([...labels], [AREAS, ['bug', 'enhancement']]),
      );
      expect([plan.verdict, plan.addLabels]).toEqual(['label', [name]]);
    }
  });

  it('replace one of their group that Sentinel put on', () => {
    const plan = decideLearned(
      evidence({ issue: anIssue({ labels: ['area: ui'] }), labelHistory: [byUs('area: ui')] }),
      learned([label('area: api', 0.9)]),
    );
    expect(plan).toMatchObject({ addLabels: ['area: api'], removeLabels: ['area: ui'] });
  });

  it('stay off where one that excludes them, or none of them, is likelier', () => {
    const low = { threshold: 0.3 };
    const unproven = [label('area: api', 0.4, low), label('area: ui', 0.5, { threshold: null })];
    const beaten = decideLearned(evidence(), learned(unproven));
    expect(beaten.addLabels).toEqual([]);
    expect(beaten.reasons[0]?.text).toContain('is likelier');
    const rather = decideLearned(evidence(), learned([label('area: api', 0.4, low)]));
    expect(rather.addLabels).toEqual([]);
  });

  it('that cannot keep the promise stay off, or are suggested where that is wished', () => {
    const unproven = learned([label('area: api', 0.97, { threshold: null })]);
    expect(decideLearned(evidence(), unproven).addLabels).toEqual([]);
    const plan = decideLearned(evidence({ config: { unproven: 'suggest' } }), unproven);
    expect(plan).toMatchObject({ mode: 'suggest', verdict: 'label', addLabels: ['area: api'] });
    expect(plan.comment?.body).toContain('area: api');
    expect(codes(plan)).toEqual(['unproven']);
  });

  it('that cannot keep the promise are not suggested unless likelier than not', () => {
    const unproven = { threshold: null };
    const likeliest = learned([label('area: api', 0.45, unproven), label('area: ui', 0.3)]);
    const plan = decideLearned(evidence({ config: { unproven: 'suggest' } }), likeliest);
    expect(plan).toMatchObject({ verdict: 'abstain', addLabels: [], comment: null });
  });

  it('that people took off too often are named in the comment beside those put on', () => {
    const plan = decideLearned(
      evidence(),
      learned([label('area: api', 0.9), label('priority: high', 0.9, { switched: true })]),
    );
    expect(plan).toMatchObject({ mode: 'apply', addLabels: ['area: api'] });
    expect(plan.comment?.body).toContain('priority: high');
    expect(plan.learned?.suggested).toEqual(['priority: high']);
    expect(codes(plan)).toEqual(['learned', 'switched']);
  });

  it('are each told once where all are suggested', () => {
    const both = learned([
      label('area: api', 0.9),
      label('priority: high', 0.9, { switched: true }),
    ]);
    const plan = decideLearned(evidence({ config: { mode: 'suggest' } }), both);
    expect(plan.addLabels).toEqual(['area: api', 'priority: high']);
    expect(plan.learned?.suggested).toEqual([]);
  });

  it('are only named in suggest mode, and only recorded in shadow mode', () => {
    const sure = learned([label('area: api', 0.9)]);
    const suggested = decideLearned(evidence({ config: { mode: 'suggest' } }), sure);
    expect(suggested.mode).toBe('suggest');
    expect(suggested.comment?.body).toContain('area: api');
    const shadowed = decideLearned(evidence({ config: { mode: 'shadow' } }), sure);
    expect(shadowed).toMatchObject({ mode: 'shadow', addLabels: ['area: api'], comment: null });
  });

  it('that the repository does not have any more are not created', () => {
    const plan = decideLearned(
      evidence({ repositoryLabels: ['bug'], config: { create_labels: true } }),
      learned([label('area: api', 0.99)]),
    );
    expect(plan).toMatchObject({ addLabels: [], createLabels: [] });
    expect(plan.reasons.map(({ text }) => text)).toContain(
      'The repository has no label "area: api" any more.',
    );
  });

  it('of a class that is off by the configuration stay off', () => {
    const plan = decideLearned(
      evidence({ config: { labels: { bug: false } } }),
      learned([label('bug', 0.99)], []),
    );
    expect(plan.addLabels).toEqual([]);
  });
});

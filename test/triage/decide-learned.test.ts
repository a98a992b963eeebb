import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repositoryConfigSchema } from '../../src/config/repository-config.js';
import { labelsNow } from '../../src/github/read-issue.js';
import type { Evidence } from '../../src/triage/decide-issue.js';
import { decideLearned } from '../../src/triage/decide-learned.js';
import type { LabelEvent } from '../../src/triage/issue.js';
import type { Learned, LearnedLabel } from '../../src/triage/learned.js';
import type { TriagePlan } from '../../src/triage/plan.js';
import { anIssue } from '../support/an-issue.js';

const AREAS = ['area: api', 'area: ui', 'area: docs'];
const SURE_OF_BUG = { bug: 0.95, feature: 0.03, question: 0.02 };
const SURE_OF_FEATURE = { bug: 0.03, feature: 0.95, question: 0.02 };
const UNSURE = { bug: 0.5, feature: 0.3, question: 0.2 };

type OneLabel = Omit<LearnedLabel, 'likeliest'>;
const label = (name: string, probability: number, more: Partial<OneLabel> = {}): OneLabel => ({
  name,
  probability,
  threshold: 0.8,
  untried: false,
  switched: false,
  ...more,
});
/** Of labels that exclude each other one is the likeliest, where it is likelier than none. */
function learned(labels: OneLabel[], exclusive: string[][] = [AREAS]): Learned {
  const best = exclusive.map((group) => {
    const own = labels.filter(({ name }) => group.includes(name));
    const none = 1 - own.reduce((sum, { probability }) => sum + probability, 0);
    return { group, most: Math.max(none, ...own.map(({ probability }) => probability)), own };
  });
  const likeliest = ({ name, probability }: OneLabel) => {
    const found = best.find(({ group }) => group.includes(name));
    if (!found) return probability >= 0.5;
    return found.own.find((other) => other.probability === found.most)?.name === name;
  };
  return {
    version: 3,
    precision: 0.9,
    labels: labels.map((one) => ({ ...one, likeliest: likeliest(one) })),
    exclusive,
  };
}

function evidence(change: Partial<Omit<Evidence, 'config'>> & { config?: object } = {}): Evidence {
  const { config = {}, ...rest } = change;
  return {
    issue: anIssue(),
    labelHistory: [],
    repositoryLabels: [...AREAS, 'priority: high', 'bug', 'enhancement', 'question', 'defect'],
    scores: UNSURE,
    thresholds: { bug: 0.88, feature: 0.66, question: 0.76 },
    model: 'issue-encoder test',
    ...rest,
    config: repositoryConfigSchema.parse(config),
  };
}
const byPerson = (name: string, action: LabelEvent['action']): LabelEvent => ({
  label: name,
  action,
  ours: false,
});
const byUs = (name: string): LabelEvent => ({ label: name, action: 'added', ours: true });
const codes = ({ reasons }: TriagePlan) => reasons.map(({ code }) => code);

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
  });

  it('of a class that is off by the configuration stay off', () => {
    const plan = decideLearned(
      evidence({ config: { labels: { bug: false } } }),
      learned([label('bug', 0.99)], []),
    );
    expect(plan.addLabels).toEqual([]);
  });
});

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

describe('a person’s decision', () => {
  it('to take a label off stands', () => {
    const plan = decideLearned(
      evidence({ labelHistory: [byPerson('area: api', 'removed')] }),
      learned([label('area: api', 0.99)]),
    );
    expect(plan).toMatchObject({ verdict: 'keep', addLabels: [] });
    expect(codes(plan)).toEqual(['learned', 'human-removed', 'unsure']);
  });

  it('to take a label off stands also where it would only be suggested', () => {
    const plan = decideLearned(
      evidence({ labelHistory: [byPerson('area: api', 'removed')] }),
      learned([label('area: api', 0.99, { switched: true })]),
    );
    expect(plan).toMatchObject({ verdict: 'keep', addLabels: [], comment: null });
    expect(codes(plan)).toEqual(['switched', 'human-removed', 'unsure']);
  });

  it('for another label of an exclusive group stands, also by another name of a class', () => {
    const other = decideLearned(
      evidence({ issue: anIssue({ labels: ['area: ui'] }) }),
      learned([label('area: api', 0.99)]),
    );
    expect(other.addLabels).toEqual([]);
    const alias = decideLearned(
      evidence({ issue: anIssue({ labels: ['defect'] }) }),
      learned([label('enhancement', 0.99)], [['bug', 'enhancement']]),
    );
    expect(alias.addLabels).toEqual([]);
    const taken = decideLearned(
      evidence({ labelHistory: [byPerson('defect', 'removed')] }),
      learned([label('enhancement', 0.99)], [['bug', 'enhancement']]),
    );
    expect(taken.addLabels).toEqual([]);
  });

  it('about a label of no type leaves the type open', () => {
    const plan = decideLearned(
      evidence({ issue: anIssue({ labels: ['help wanted'] }) }),
      learned([label('enhancement', 0.99)], [['bug', 'enhancement']]),
    );
    expect(plan.addLabels).toEqual(['enhancement']);
  });

  it('for a type that goes with others by the history leaves those open', () => {
    const types = [label('bug', 0.99), label('enhancement', 0.01)];
    const issue = anIssue({ labels: ['documentation'] });
    const exclusive = [['bug', 'enhancement']];
    const together = learned([...types, label('documentation', 0.9)], exclusive);
    expect(decideLearned(evidence({ issue }), together).addLabels).toEqual(['bug']);
    expect(decideLearned(evidence({ issue }), learned(types, exclusive)).addLabels).toEqual([]);
  });

  const name = fc.constantFrom(...AREAS, 'priority: high', 'bug', 'enhancement', 'AREA: API');
  const arbitrary = fc.record({
    history: fc.array(
      fc.record<LabelEvent>({
        label: name,
        action: fc.constantFrom('added', 'removed'),
        ours: fc.boolean(),
      }),
      { maxLength: 10 },
    ),
    before: fc.uniqueArray(name, { maxLength: 2, selector: (one) => one.toLowerCase() }),
    probabilities: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 6,
      maxLength: 6,
    }),
    switched: fc.boolean(),
    untried: fc.boolean(),
    scores: fc.constantFrom(UNSURE, SURE_OF_BUG, SURE_OF_FEATURE),
    mode: fc.constantFrom('apply', 'suggest', 'shadow'),
  });

  it('is never gone against, whatever was learned', () => {
    fc.assert(
      fc.property(arbitrary, ({ history, before, probabilities, scores, mode, ...more }) => {
        const names = [...AREAS, 'priority: high', 'bug', 'enhancement'];
        const labels = labelsNow(before, history);
        const plan = decideLearned(
          evidence({ issue: anIssue({ labels }), labelHistory: history, scores, config: { mode } }),
          learned(
            names.map((one, index) => label(one, probabilities[index] ?? 0, more)),
            [AREAS, ['bug', 'enhancement']],
          ),
        );
        const latest = new Map(history.map((event) => [event.label.toLowerCase(), event]));
        const proposed = [...plan.addLabels, ...(plan.learned?.suggested ?? [])];
        for (const added of proposed) {
          const last = latest.get(added.toLowerCase());
          expect(last?.action === 'removed' && !last.ours).toBe(false);
        }
        for (const removed of plan.removeLabels) {
          expect(latest.get(removed.toLowerCase())?.ours).toBe(true);
        }
        const areas = AREAS.map((one) => one.toLowerCase());
        const humanArea = labels.some(
          (one) =>
            areas.includes(one.toLowerCase()) && latest.get(one.toLowerCase())?.ours !== true,
        );
        if (humanArea) expect(proposed.filter((one) => AREAS.includes(one))).toEqual([]);
        for (const group of [AREAS, ['bug', 'enhancement']]) {
          expect(proposed.filter((one) => group.includes(one)).length).toBeLessThanOrEqual(1);
        }
        const { addLabels, removeLabels, createLabels, comment } = plan;
        if (plan.verdict === 'label') expect(addLabels).not.toEqual([]);
        else expect([addLabels, removeLabels, createLabels, comment]).toEqual([[], [], [], null]);
      }),
      { numRuns: 400 },
    );
  });
});

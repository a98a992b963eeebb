import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelsNow } from '../../src/github/read-issue.js';
import { decideLearned } from '../../src/triage/decide-learned.js';
import type { LabelEvent } from '../../src/triage/issue.js';
import { anIssue } from '../support/an-issue.js';
import {
  AREAS,
  byPerson,
  codes,
  evidence,
  label,
  learned,
  SURE_OF_BUG,
  SURE_OF_FEATURE,
  UNSURE,
} from '../support/learned-evidence.js';

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
    expect(other.reasons.map(({ text }) => text)).toContain(
      'A person put "area: ui" on it; that stands.',
    );
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

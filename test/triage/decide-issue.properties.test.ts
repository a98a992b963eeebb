import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repositoryConfigSchema } from '../../src/config/repository-config.js';
import { labelsNow } from '../../src/github/read-issue.js';
import { decideIssue, type Evidence } from '../../src/triage/decide-issue.js';
import type { LabelEvent } from '../../src/triage/issue.js';
import type { TriagePlan } from '../../src/triage/plan.js';
import { typeOfLabel } from '../../src/triage/resolve-labels.js';
import { anIssue } from '../support/an-issue.js';

const name = fc.constantFrom(
  ...['bug', 'BUG', 'kind/bug', 'defect', 'enhancement', 'feature request', 'question'],
  ...['support', 'help wanted', 'debug', 'Needs Fixing'],
);
const probability = fc.double({ min: 0, max: 1, noNaN: true });
const scores = fc
  .tuple(probability, probability, probability)
  .filter(([a, b, c]) => a + b + c > 0)
  .map(([a, b, c]) => ({
    bug: a / (a + b + c),
    feature: b / (a + b + c),
    question: c / (a + b + c),
  }));
const history = fc.array(
  fc.record<LabelEvent>({
    label: name,
    action: fc.constantFrom('added', 'removed'),
    ours: fc.boolean(),
  }),
  { maxLength: 12 },
);
const mapped = fc.option(fc.oneof(name, fc.constant(false as const)), { nil: undefined });
const config = fc
  .record({
    mode: fc.constantFrom('apply', 'suggest', 'shadow'),
    create_labels: fc.boolean(),
    labels: fc.record({ bug: mapped, feature: mapped, question: mapped }),
    thresholds: fc.constantFrom({}, { bug: 0.4, feature: 0.4, question: 0.4 }),
  })
  .map((text) => repositoryConfigSchema.parse(text));

/** Histories with the labels they lead to, and labels from before the history began. */
const evidence = fc
  .record({
    labelHistory: history,
    before: fc.uniqueArray(name, { maxLength: 3, selector: (label) => label.toLowerCase() }),
    repositoryLabels: fc.uniqueArray(name, { selector: (label) => label.toLowerCase() }),
    config,
    scores,
  })
  .map(
    ({ before, labelHistory, ...rest }): Evidence => ({
      ...rest,
      labelHistory,
      issue: anIssue({ labels: labelsNow(before, labelHistory) }),
      thresholds: { bug: 0.6, feature: 0.6, question: 0.6 },
      model: 'issue-encoder test',
    }),
  );

function always(check: (plan: TriagePlan, given: Evidence) => void): void {
  fc.assert(
    fc.property(evidence, (given) => check(decideIssue(given), given)),
    { numRuns: 2000 },
  );
}
const latest = ({ labelHistory }: Evidence, label: string) =>
  labelHistory.findLast((event) => event.label.toLowerCase() === label.toLowerCase());
const lower = (names: readonly string[]) => names.map((label) => label.toLowerCase());

describe('whatever the evidence, a plan', () => {
  it('never adds a label that a person took off', () => {
    always((plan, given) => {
      for (const label of plan.addLabels) {
        const event = latest(given, label);
        expect(event?.action === 'removed' && !event.ours).toBe(false);
      }
    });
  });

  it('never removes a label that Sentinel did not put on', () => {
    always((plan, given) => {
      for (const label of plan.removeLabels) {
        expect(latest(given, label)).toMatchObject({ action: 'added', ours: true });
      }
    });
  });

  it('adds one label at most, and only beside none of a person’s for a class', () => {
    always((plan, { issue, labelHistory, config: { labels }, ...given }) => {
      expect(plan.addLabels.length).toBeLessThanOrEqual(1);
      if (plan.addLabels.length === 0) return;
      const stay = issue.labels.filter((label) => !plan.removeLabels.includes(label));
      const others = stay.filter(
        (label) =>
          typeOfLabel(label, labels) !== null &&
          !lower(plan.addLabels).includes(label.toLowerCase()),
      );
      expect(others).toEqual([]);
      expect(given.scores).toBe(plan.scores);
    });
  });

  it('adds only labels of the repository, unless it may create them', () => {
    always((plan, { repositoryLabels, config: { create_labels } }) => {
      for (const label of plan.addLabels) {
        const exists = repositoryLabels.includes(label);
        const created = plan.createLabels.some((created) => created.name === label);
        expect(exists !== created).toBe(true);
        if (created) expect(create_labels).toBe(true);
      }
    });
  });

  it('removes only what the issue has', () => {
    always((plan, { issue }) => {
      for (const label of plan.removeLabels) expect(issue.labels).toContain(label);
      expect(plan.removeLabels.filter((label) => plan.addLabels.includes(label))).toEqual([]);
    });
  });

  it('changes nothing unless its verdict is to label', () => {
    always((plan) => {
      const changes = [plan.addLabels, plan.removeLabels, plan.createLabels];
      if (plan.verdict === 'label') expect(plan.addLabels).toHaveLength(1);
      else expect([...changes, plan.comment]).toEqual([[], [], [], null]);
    });
  });

  it('is the same each time and leaves the evidence as it was', () => {
    always((plan, given) => {
      const before = structuredClone(given);
      expect(decideIssue(given)).toEqual(plan);
      expect(given).toEqual(before);
    });
  });

  it('once carried out, leads to a plan that changes nothing', () => {
    always((plan, given) => {
      if (plan.verdict !== 'label' || given.config.mode !== 'apply') return;
      const done: LabelEvent[] = [
        ...plan.addLabels.map((label) => ({ label, action: 'added' as const, ours: true })),
        ...plan.removeLabels.map((label) => ({ label, action: 'removed' as const, ours: true })),
      ];
      const again = decideIssue({
        ...given,
        issue: { ...given.issue, labels: labelsNow(given.issue.labels, done) },
        labelHistory: [...given.labelHistory, ...done],
        repositoryLabels: [...given.repositoryLabels, ...plan.createLabels.map((l) => l.name)],
      });
      expect([again.verdict, again.addLabels, again.removeLabels]).toEqual(['keep', [], []]);
    });
  });

  it('always says why, and never with a comment outside suggest mode', () => {
    always((plan) => {
      expect(plan.reasons.length).toBeGreaterThan(0);
      if (plan.mode !== 'suggest') expect(plan.comment).toBeNull();
    });
  });
});

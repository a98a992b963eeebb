import { type Calibration, probabilitiesOf } from './calibrate.js';
import type { LabelJudgement } from './choose-threshold.js';
import { classesOf, isKnown, targetOf } from './label-groups.js';
import { chooseMixture, type Mixture, mixLogits } from './mix.js';
import type { ModelPlan } from './plan-model.js';
import type { JudgedRow } from './roll-forward.js';

/** How a group's three judges become probabilities. */
export interface GroupJudge {
  readonly mixture: Mixture;
  readonly calibration: Calibration;
}

/** A judgement, and in which slice of the history it was made. */
export interface SlicedJudgement extends LabelJudgement {
  readonly slice: number;
}

/** Chooses mixture and calibration of each group on judged rows. */
export function judgeGroups(judged: readonly JudgedRow[], plan: ModelPlan): GroupJudge[] {
  return plan.groups.map((group, index) => {
    const usable = judged.filter(({ row }) => targetOf(group, row.issue) >= 0);
    const mixtures = plan.mixtures[index];
    if (!mixtures) throw new Error('Every group has mixtures');
    return chooseMixture(
      usable.map((row) => row.logits(index)),
      usable.map(({ row }) => targetOf(group, row.issue)),
      classesOf(group),
      mixtures,
    );
  });
}

/** A judged row's probabilities of one group's classes. */
export function groupProbabilities(
  judged: JudgedRow,
  index: number,
  { mixture, calibration }: GroupJudge,
): number[] {
  return probabilitiesOf(mixLogits(judged.logits(index), mixture), calibration);
}

/** Index of the largest; the first of equal ones. */
export function likeliest(probabilities: readonly number[]): number {
  return probabilities.indexOf(Math.max(...probabilities));
}

/** Each label's judgements over the rows of which its group's truth is known, by name. */
export function judgementsByLabel(
  judged: readonly JudgedRow[],
  plan: ModelPlan,
  judgeOf: (row: JudgedRow, group: number) => GroupJudge,
): Map<string, SlicedJudgement[]> {
  const byLabel = new Map<string, SlicedJudgement[]>();
  for (const [index, group] of plan.groups.entries()) {
    for (const label of group.labels) byLabel.set(label, []);
    for (const row of judged) {
      if (!isKnown(group, row.row.issue)) continue;
      const probabilities = groupProbabilities(row, index, judgeOf(row, index));
      const best = likeliest(probabilities);
      for (const [k, label] of group.labels.entries()) {
        byLabel.get(label)?.push({
          probability: probabilities[k] ?? 0,
          likeliest: k === best,
          true: row.row.issue.labels.includes(label),
          slice: row.slice,
        });
      }
    }
  }
  return byLabel;
}

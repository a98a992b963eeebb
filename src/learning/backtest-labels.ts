import { chooseThreshold, type LabelJudgement } from './choose-threshold.js';
import type { LabelBacktest } from './head.js';
import { type GroupJudge, judgementsByLabel } from './judge-groups.js';
import { f1Of, labelFigures } from './label-figures.js';
import { isKnown } from './label-groups.js';
import { zeroConfigProbabilities } from './mix.js';
import type { ModelPlan } from './plan-model.js';
import type { JudgedRow } from './roll-forward.js';
import { wilsonLower } from './wilson.js';

export interface LabelReport extends LabelBacktest {
  readonly name: string;
  /** Proposed as heads learned before each slice would have done. */
  readonly proposed: number;
  /** Share of those that was right; null where nothing was proposed. */
  readonly proposedPrecision: number | null;
  /** The zero-config model's, for a label it has a class for. */
  readonly zeroConfig: {
    readonly precision: number | null;
    readonly recall: number | null;
    readonly f1: number | null;
  } | null;
  /** F1 of always saying the most frequent label of the group. */
  readonly majorityF1: number;
  /** Precision at each coverage, from the surest issue on. */
  readonly curve: readonly { readonly coverage: number; readonly precision: number }[];
}

const CURVE_POINTS = 60;

/**
 * Figures of every label. Precision, recall and F1 are those of the likeliest label; coverage,
 * `proposed` and the lower bound those of the thresholds learned before each slice.
 */
export function backtestLabels(
  judged: readonly JudgedRow[],
  plan: ModelPlan,
  judges: ReadonlyMap<number, readonly GroupJudge[]>,
  promise: number,
): LabelReport[] {
  const judgeOf = (slice: number, group: number): GroupJudge => {
    const found = judges.get(slice)?.[group];
    if (!found) throw new Error('Every slice has its judges');
    return found;
  };
  const own = judgementsByLabel(judged, plan, (row, group) => judgeOf(row.slice, group));
  const inTime = proposedInTime(judged, plan, judgeOf, promise);
  return plan.groups.flatMap((group, index) => {
    const counts = group.labels.map((label) => supportOf(own.get(label) ?? []));
    const known = judged.filter(({ row }) => isKnown(group, row.issue));
    const majority = group.exclusive ? counts.indexOf(Math.max(...counts)) : -1;
    return group.labels.map((name, k) => {
      const judgements = own.get(name) ?? [];
      const { proposed, right } = inTime.get(name) ?? { proposed: 0, right: 0 };
      const meaning = plan.zeroConfigClasses[index]?.[k] ?? null;
      return {
        ...labelFigures(judgements, null),
        name,
        proposed,
        proposedPrecision: proposed === 0 ? null : right / proposed,
        coverage: proposed / Math.max(1, judgements.length),
        precisionLowerBound: proposed === 0 ? null : wilsonLower(right, proposed),
        zeroConfig: meaning === null ? null : zeroConfigFigures(known, index, k, name),
        majorityF1:
          k === majority ? (f1Of((counts[k] ?? 0) / Math.max(1, judgements.length), 1) ?? 0) : 0,
        curve: curveOf(judgements),
      };
    });
  });
}

function supportOf(judgements: readonly LabelJudgement[]): number {
  return judgements.filter((judgement) => judgement.true).length;
}

/**
 * What heads learned before each slice would have proposed in it, by label: such a head judges the
 * slices before by the same mixture and calibration, and has its thresholds from that.
 */
function proposedInTime(
  judged: readonly JudgedRow[],
  plan: ModelPlan,
  judgeOf: (slice: number, group: number) => GroupJudge,
  promise: number,
): ReadonlyMap<string, { readonly proposed: number; readonly right: number }> {
  const byLabel = new Map<string, { proposed: number; right: number }>();
  for (const slice of new Set(judged.map((row) => row.slice))) {
    const sofar = judged.filter((row) => row.slice <= slice);
    const own = judgementsByLabel(sofar, plan, (_, group) => judgeOf(slice, group));
    for (const [label, judgements] of own) {
      const before = judgements.filter((judgement) => judgement.slice < slice);
      const { threshold } = chooseThreshold(before, promise);
      if (threshold === null) continue;
      const kept = judgements.filter(
        (judgement) =>
          judgement.slice === slice && judgement.likeliest && judgement.probability >= threshold,
      );
      const { proposed, right } = byLabel.get(label) ?? { proposed: 0, right: 0 };
      byLabel.set(label, {
        proposed: proposed + kept.length,
        right: right + supportOf(kept),
      });
    }
  }
  return byLabel;
}

function zeroConfigFigures(judged: readonly JudgedRow[], group: number, k: number, label: string) {
  const judgements = judged.map((row) => {
    const probabilities = zeroConfigProbabilities(row.logits(group));
    return {
      probability: probabilities[k] ?? 0,
      likeliest: probabilities.indexOf(Math.max(...probabilities)) === k,
      true: row.row.issue.labels.includes(label),
    };
  });
  const { precision, recall, f1 } = labelFigures(judgements, null);
  return { precision, recall, f1 };
}

function curveOf(judgements: readonly LabelJudgement[]) {
  const ranked = judgements
    .filter((judgement) => judgement.likeliest)
    .sort((a, b) => b.probability - a.probability);
  let right = 0;
  const points = ranked.flatMap((judgement, index) => {
    right += judgement.true ? 1 : 0;
    // No threshold parts equal probabilities.
    if (ranked[index + 1]?.probability === judgement.probability) return [];
    return [{ coverage: (index + 1) / judgements.length, precision: right / (index + 1) }];
  });
  const step = Math.max(1, Math.ceil(points.length / CURVE_POINTS));
  return points.filter((_, index) => index % step === 0 || index === points.length - 1);
}

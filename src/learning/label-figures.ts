import type { LabelJudgement } from './choose-threshold.js';
import type { LabelBacktest } from './head.js';
import { wilsonLower } from './wilson.js';

const BINS = 10;

/** What a label's judged issues show, at a threshold and over all. */
export function labelFigures(
  judgements: readonly LabelJudgement[],
  threshold: number | null,
): LabelBacktest {
  const support = judgements.filter((judgement) => judgement.true).length;
  const proposed = judgements.filter(
    ({ likeliest, probability }) => likeliest && probability >= (threshold ?? 0),
  );
  const right = proposed.filter((judgement) => judgement.true).length;
  const precision = proposed.length === 0 ? null : right / proposed.length;
  const recall = support === 0 ? null : right / support;
  const decided = threshold === null ? 0 : proposed.length;
  return {
    support,
    precision,
    recall,
    f1: f1Of(precision, recall),
    averagePrecision: averagePrecision(judgements),
    coverage: judgements.length === 0 ? 0 : decided / judgements.length,
    precisionLowerBound: threshold === null ? null : wilsonLower(right, decided),
    calibrationError:
      judgements.length === 0
        ? null
        : calibrationError(judgements.map(({ probability, true: hit }) => ({ probability, hit }))),
  };
}

/** Harmonic mean of precision and recall; 0 where nothing was found. */
export function f1Of(precision: number | null, recall: number | null): number | null {
  if (recall === null) return null;
  const p = precision ?? 0;
  return p + recall === 0 ? 0 : (2 * p * recall) / (p + recall);
}

/**
 * Area under precision over recall, as steps, one for all issues of equal probability; null where no
 * issue bears the label.
 */
export function averagePrecision(
  judgements: readonly Pick<LabelJudgement, 'probability' | 'true'>[],
): number | null {
  const ranked = [...judgements].sort((a, b) => b.probability - a.probability);
  let right = 0;
  let counted = 0;
  let sum = 0;
  for (const [index, judgement] of ranked.entries()) {
    right += judgement.true ? 1 : 0;
    if (ranked[index + 1]?.probability === judgement.probability) continue;
    sum += ((right - counted) * right) / (index + 1);
    counted = right;
  }
  return right === 0 ? null : sum / right;
}

export interface ReliabilityBin {
  readonly count: number;
  readonly meanProbability: number;
  /** Share that was right. */
  readonly observed: number;
}

/** Ten bins of equal width, those without any issue left out. */
export function reliability(
  judged: readonly { readonly probability: number; readonly hit: boolean }[],
): ReliabilityBin[] {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, sum: 0, hits: 0 }));
  for (const { probability, hit } of judged) {
    const bin = bins[Math.min(BINS - 1, Math.floor(probability * BINS))];
    if (!bin) continue;
    bin.count += 1;
    bin.sum += probability;
    bin.hits += hit ? 1 : 0;
  }
  return bins
    .filter((bin) => bin.count > 0)
    .map(({ count, sum, hits }) => ({
      count,
      meanProbability: sum / count,
      observed: hits / count,
    }));
}

/** Expected calibration error over ten bins of equal width. */
export function calibrationError(
  judged: readonly { readonly probability: number; readonly hit: boolean }[],
): number {
  return reliability(judged).reduce(
    (sum, bin) => sum + (bin.count / judged.length) * Math.abs(bin.meanProbability - bin.observed),
    0,
  );
}

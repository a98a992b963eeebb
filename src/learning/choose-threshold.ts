import { wilsonLower } from './wilson.js';

/** One judged issue, from the view of a label. */
export interface LabelJudgement {
  readonly probability: number;
  /** False where another label of its group is likelier. */
  readonly likeliest: boolean;
  readonly true: boolean;
}

export interface ThresholdChoice {
  readonly threshold: number | null;
  /** Why there is none; null where there is one. */
  readonly because: string | null;
  /** Without one because too few issues that bear the label, or seem to, could be judged to show anything. */
  readonly untried: boolean;
}

/** Fewer judged issues than this that don't bear a label show nothing of when to leave it out. */
const FEWEST_OTHERS = 5;

/**
 * The lowest threshold that keeps the promised precision: there and at every stricter threshold that
 * is judged by at least as many issues as a bound can hold for, the lower Wilson bound (one-sided,
 * 90 %) of the precision is no less than the promise, and the calibrated probabilities of what is
 * proposed agree on average. Looking at all of them at once keeps one lucky run from setting it.
 */
export function chooseThreshold(
  judgements: readonly LabelJudgement[],
  promise: number,
): ThresholdChoice {
  const candidates = judgements
    .filter((judgement) => judgement.likeliest)
    .sort((a, b) => b.probability - a.probability);
  let right = 0;
  let sum = 0;
  let reached: number | null = null;
  let bestBound = 0;
  let said = 0;
  for (const [index, candidate] of candidates.entries()) {
    const proposed = index + 1;
    right += candidate.true ? 1 : 0;
    sum += candidate.probability;
    // Of equal probabilities all are proposed or none.
    if (candidates[proposed]?.probability === candidate.probability) continue;
    const bound = wilsonLower(right, proposed);
    bestBound = Math.max(bestBound, bound);
    if (wilsonLower(proposed, proposed) < promise) continue;
    said = sum / proposed;
    if (bound < promise || said < promise) break;
    reached = rounded(candidate.probability, candidates[proposed]?.probability ?? -1);
  }
  const support = judgements.filter((judgement) => judgement.true).length;
  const others = judgements.length - support;
  if (reached !== null && others < FEWEST_OTHERS) {
    const because = `only ${others} unseen examples are known not to bear it, too few to tell when to leave it out`;
    return { threshold: null, because, untried: true };
  }
  if (reached !== null) return { threshold: reached, because: null, untried: false };
  const tried = Math.max(support, candidates.length);
  const untried = wilsonLower(tried, tried) < promise;
  const because = reasonFor({ proposed: candidates.length, bound: bestBound, said }, promise);
  return { threshold: null, because, untried };
}

/** Down, so that the issue that set it passes, but not so far that the next one does. */
function rounded(probability: number, next: number): number {
  const lower = Math.floor(probability * 1e4) / 1e4;
  return lower > next ? lower : probability;
}

/** @param best how many were judged, the best bound, and how likely the first that could be promised were said to be */
function reasonFor(
  best: { readonly proposed: number; readonly bound: number; readonly said: number },
  promise: number,
): string {
  // Floored, so that a share never reads as the promise it missed.
  const percent = (share: number) => `${Math.floor(share * 100 + 1e-6)} %`;
  const promised = `${Math.round(promise * 1000) / 10} %`;
  if (best.proposed === 0) return 'no unseen issue was likely enough to judge it by';
  if (wilsonLower(best.proposed, best.proposed) < promise) {
    return `only ${best.proposed} unseen examples to judge it by, too few to promise ${promised}`;
  }
  if (best.bound < promise) {
    return `the best it can show is ${percent(best.bound)}, not ${promised}`;
  }
  return `its surest were right often enough, but said to be ${percent(best.said)} likely, not ${promised}`;
}

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
  for (const [index, candidate] of candidates.entries()) {
    const proposed = index + 1;
    right += candidate.true ? 1 : 0;
    sum += candidate.probability;
    // Of equal probabilities all are proposed or none.
    if (candidates[proposed]?.probability === candidate.probability) continue;
    const bound = wilsonLower(right, proposed);
    bestBound = Math.max(bestBound, bound);
    if (wilsonLower(proposed, proposed) < promise) continue;
    if (bound < promise || sum / proposed < promise) break;
    reached = rounded(candidate.probability, candidates[proposed]?.probability ?? -1);
  }
  const support = judgements.filter((judgement) => judgement.true).length;
  const others = judgements.length - support;
  if (reached !== null && others < FEWEST_OTHERS) {
    const because = `only ${others} unseen issues are known not to bear it, too few to tell when to leave it out`;
    return { threshold: null, because, untried: true };
  }
  if (reached !== null) return { threshold: reached, because: null, untried: false };
  const tried = Math.max(support, candidates.length);
  const untried = wilsonLower(tried, tried) < promise;
  return { threshold: null, because: reasonFor(candidates.length, bestBound, promise), untried };
}

/** Down, so that the issue that set it passes, but not so far that the next one does. */
function rounded(probability: number, next: number): number {
  const lower = Math.floor(probability * 1e4) / 1e4;
  return lower > next ? lower : probability;
}

function reasonFor(proposed: number, bound: number, promise: number): string {
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
  if (proposed === 0) return 'no unseen issue was likely enough to judge it by';
  if (wilsonLower(proposed, proposed) < promise) {
    return `only ${proposed} unseen issues to judge it by, too few to promise ${percent(promise)}`;
  }
  return `the best it can show is ${percent(bound)}, not ${percent(promise)}`;
}

import type { TriagedIssue } from './triage-issues.js';

/** The run in numbers. */
export interface Summary {
  readonly issues: number;
  /** Decided and recorded, and GitHub has the labels that the decision says. */
  readonly handled: number;
  readonly labelled: number;
  readonly leftAlone: number;
  /** From webhook to decision; null when nothing was decided. */
  readonly medianMs: number | null;
  readonly p95Ms: number | null;
  /** Null when the file doesn't say what is right. */
  readonly agreement: Agreement | null;
}

/** How the labels compare with what the issues file says. */
export interface Agreement {
  /** Issues for which the file says something. */
  readonly judged: number;
  /** Labelled as the file says, or left alone where the file says so. */
  readonly agree: number;
  /** Labelled, though the file says another class or to leave it alone. */
  readonly wrong: number;
  /** Left alone, though the file names a class. */
  readonly missed: number;
  /** Share of the labels that are right; null without labels. */
  readonly precision: number | null;
  /** Share of the judged issues that were labelled. */
  readonly coverage: number;
}

export function summarize(issues: readonly TriagedIssue[]): Summary {
  const handled = issues.filter(({ problem }) => problem === null);
  const labelled = handled.filter(({ decided }) => decided !== null);
  const times = handled
    .map(({ toDecisionMs }) => toDecisionMs)
    .filter((ms) => ms !== null)
    .sort((a, b) => a - b);
  return {
    issues: issues.length,
    handled: handled.length,
    labelled: labelled.length,
    leftAlone: handled.length - labelled.length,
    medianMs: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    agreement: agreementOf(handled),
  };
}

function agreementOf(handled: readonly TriagedIssue[]): Agreement | null {
  const judged = handled.filter(({ expected }) => expected !== undefined);
  if (judged.length === 0) return null;
  const agree = judged.filter(({ decided, expected }) => decided === expected);
  const labelled = judged.filter(({ decided }) => decided !== null);
  const right = labelled.filter(({ decided, expected }) => decided === expected);
  const missed = judged.filter(({ decided, expected }) => decided === null && expected !== null);
  return {
    judged: judged.length,
    agree: agree.length,
    wrong: labelled.length - right.length,
    missed: missed.length,
    precision: labelled.length === 0 ? null : right.length / labelled.length,
    coverage: labelled.length / judged.length,
  };
}

/** Nearest rank in sorted values. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

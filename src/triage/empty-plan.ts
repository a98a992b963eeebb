import type { Mode, Plan, Reason } from './plan.js';

/** What stands in a plan that was made without asking a model. */
interface EmptyPlan extends Plan {
  readonly decided: null;
  readonly scores: null;
}

/** The plan that changes nothing: for what is left alone unread, and to begin others from. */
export function emptyPlan(mode: Mode, reasons: readonly Reason[]): EmptyPlan {
  return {
    mode,
    verdict: 'ignore',
    decided: null,
    addLabels: [],
    removeLabels: [],
    createLabels: [],
    comment: null,
    scores: null,
    reasons,
    model: null,
  };
}

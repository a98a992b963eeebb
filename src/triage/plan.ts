import type { LearnedScores } from './learned.js';

/** What the issue encoder tells apart. The order is the model's; see `models/issue-encoder`. */
export const ISSUE_CLASSES = ['bug', 'feature', 'question'] as const;
export type IssueClass = (typeof ISSUE_CLASSES)[number];

/** What an issue may be taken for: one of the encoder's classes, or what its title says it is. */
export const ISSUE_TYPES = [...ISSUE_CLASSES, 'documentation'] as const;
export type IssueType = (typeof ISSUE_TYPES)[number];

/** Calibrated probabilities, each in [0, 1], that sum to 1. */
export type Scores = Readonly<Record<IssueClass, number>>;

export type Mode = 'apply' | 'suggest' | 'shadow';

/** How a decision ended, before anything is done about it. */
export type Verdict =
  /** Sure enough: the plan adds a label (or would, in suggest and shadow mode). */
  | 'label'
  /** Not sure enough, or there is no such label in the repository. */
  | 'abstain'
  /** The label is already right, or a human has already decided. */
  | 'keep'
  /** The configuration or the kind of issue says not to look. */
  | 'ignore';

/** Why, in words a maintainer reads; `code` is for tests, metrics and filters. */
export interface Reason {
  readonly code: string;
  readonly text: string;
}

export interface NewLabel {
  readonly name: string;
  readonly color: string;
  readonly description: string;
}

/** The comment to create or edit; `marker` is hidden in it and finds it again. */
export interface PlannedComment {
  readonly marker: string;
  readonly body: string;
}

/** What every decision says, as plain data: nothing in it has happened yet. */
export interface Plan {
  readonly mode: Mode;
  readonly verdict: Verdict;
  readonly addLabels: readonly string[];
  readonly removeLabels: readonly string[];
  /** Labels to create in the repository first; a subset of `addLabels`. */
  readonly createLabels: readonly NewLabel[];
  readonly comment: PlannedComment | null;
  readonly reasons: readonly Reason[];
  /** Name and version of the model, e.g. `issue-encoder 2026.11.24`; null when it was not asked. */
  readonly model: string | null;
}

/** A decision about an issue. */
export interface TriagePlan extends Plan {
  /** The type decided on; null when it is not sure, or was not looked at. */
  readonly decided: IssueType | null;
  /** Null when the encoder was not asked. */
  readonly scores: Scores | null;
  /** Where the repository's own model decided: what it said. */
  readonly learned?: LearnedScores;
}

import type { ChangeSize } from './change-size.js';
import type { ChangeType } from './changed-file.js';
import type { LearnedScores } from './learned.js';
import type { Plan } from './plan.js';
import type { TypeScores } from './score-change.js';

/** The check to show beside a pull request; it never fails. */
export interface PlannedCheck {
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
}

/** A decision about a pull request. */
export interface ChangePlan extends Plan {
  /** The type decided on; null when it is not sure. */
  readonly decided: ChangeType | null;
  /** Null when the encoder was not asked. */
  readonly scores: TypeScores | null;
  /** Null when the change was not read. */
  readonly size: ChangeSize | null;
  /** A conventional title to offer. */
  readonly suggestedTitle: string | null;
  readonly check: PlannedCheck | null;
  /** Where the repository's own model had a say: what it said. */
  readonly learned?: LearnedScores;
}

/** One label of a repository's own model, judged for one issue. */
export interface LearnedLabel {
  readonly name: string;
  /** Calibrated, in [0, 1]. */
  readonly probability: number;
  /** The label is proposed from this probability on; null: it could not be shown to keep the promise. */
  readonly threshold: number | null;
  /** False where another label of its group, or none of them, is likelier: then it is not proposed. */
  readonly likeliest: boolean;
  /** Without a threshold because too few issues that bear it could be judged to show anything. */
  readonly untried: boolean;
  /** People took it off too often lately: it is suggested at most. */
  readonly switched: boolean;
}

/** What a repository's own model, its head, says of one issue. */
export interface Learned {
  /** Counts up with each learning. */
  readonly version: number;
  /** The precision its thresholds promise, in [0, 1]. */
  readonly precision: number;
  readonly labels: readonly LearnedLabel[];
  /** Labels of which an issue bears one at most: the members of each group. */
  readonly exclusive: readonly (readonly string[])[];
}

/** What a plan keeps of it. */
export interface LearnedScores {
  readonly version: number;
  /** The likeliest labels, most probable first. */
  readonly scores: readonly Pick<LearnedLabel, 'name' | 'probability' | 'threshold'>[];
  /** Labels that are only suggested while others are put on. */
  readonly suggested: readonly string[];
}

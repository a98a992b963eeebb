import type { Head } from './head.js';
import type { Example, IssueEncoding } from './labelled-issue.js';

/** An issue to score, with its encoding. */
export interface Unlabelled {
  readonly issue: { readonly title: string; readonly body: string | null };
  readonly encoding: IssueEncoding;
}

/** Whether a head takes the place of the one in use, and why, for people. */
export interface Choice {
  readonly take: boolean;
  readonly because: string;
}

/** Fits heads, scores with them and tells which of two is better. */
export interface Learner {
  /** @param precision the promise, in [0, 1] */
  learn(examples: readonly Example[], precision: number): Promise<Head>;
  /** Calibrated probability of each label the head knows, by name. */
  score(head: Head, row: Unlabelled): ReadonlyMap<string, number>;
  choose(inUse: Head, candidate: Head, examples: readonly Example[]): Promise<Choice>;
}

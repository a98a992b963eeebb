import type { Head } from './head.js';
import type { Example } from './labelled-issue.js';
import type { EncoderFacts } from './learn-head.js';
import type { SeenByEncoder } from './training-issues.js';

/** Whether a head takes the place of the one in use, and why, for people. */
export interface Choice {
  readonly take: boolean;
  readonly because: string;
}

/** Fits heads and tells which of two is better. */
export interface Learner {
  /** Tells which texts the encoder was trained on: those count in no figure. */
  seenByEncoder(): Promise<SeenByEncoder>;
  /**
   * @param promise the precision to promise, in [0, 1]
   * @throws {NothingToLearnError} when no label has enough examples
   */
  learn(examples: readonly Example[], encoder: EncoderFacts, promise: number): Promise<Head>;
  choose(inUse: Head, candidate: Head, examples: readonly Example[]): Promise<Choice>;
}

import { ISSUE_ENCODER } from '../models/model-kind.js';
import { chooseInWorker, learnInWorker } from './learn-in-worker.js';
import type { Learner } from './learner.js';
import { readTrainingIssues } from './training-issues.js';

/** The learner of this process: it computes in a thread of its own. */
export function createLearner(): Learner {
  return {
    seenByEncoder: () => readTrainingIssues(ISSUE_ENCODER.directory),
    learn: (examples, encoder, precision) =>
      learnInWorker(examples, { encoder, precision, learnedAt: new Date().toISOString() }),
    choose: chooseInWorker,
  };
}

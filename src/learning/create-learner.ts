import { chooseInWorker, learnInWorker } from './learn-in-worker.js';
import type { Learner } from './learner.js';

/** The learner of this process: it computes in a thread of its own. */
export function createLearner(): Learner {
  return {
    learn: (examples, encoder, precision) =>
      learnInWorker(examples, { encoder, precision, learnedAt: new Date().toISOString() }),
    choose: chooseInWorker,
  };
}

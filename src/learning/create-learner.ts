import { chooseInWorker, learnInWorker } from './learn-in-worker.js';
import type { Learner } from './learner.js';

/** The learner of this process: each task runs in a thread of its own. */
export function createLearner(): Learner {
  return {
    learn: (examples, { name, version, temperature }, precision) =>
      learnInWorker(examples, {
        encoder: { name, version, temperature },
        precision,
        learnedAt: new Date().toISOString(),
      }),
    choose: chooseInWorker,
  };
}

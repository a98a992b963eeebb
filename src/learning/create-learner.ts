import { learnHead } from './learn-head.js';
import type { Learner } from './learner.js';

/** The learner of this process. */
export function createLearner(): Learner {
  return {
    learn: async (examples, encoder, precision) =>
      learnHead(examples, { encoder, precision, learnedAt: new Date().toISOString() }),
    choose: async () => ({ take: true, because: 'It is newer.' }),
  };
}

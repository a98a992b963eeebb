import type { Learner } from './learner.js';

/** The learner of this process. */
export function createLearner(): Learner {
  return {
    learn: () => Promise.reject(new Error('Learning is not wired yet')),
    score: () => new Map(),
    choose: async () => ({ take: false, because: '' }),
  };
}

import { expect, it } from 'vitest';
import { readDecisions } from '../../src/dashboard/read-decisions.js';
import { claimJob } from '../../src/queue/sqlite-jobs.js';
import type { Store } from '../../src/store/open-store.js';
import { queryPlans } from '../support/query-plans.js';

it.each<[what: string, index: string, look: (store: Store) => Promise<unknown>]>([
  [
    'encodings of other models',
    'embeddings_model',
    ({ embeddings }) => embeddings.keepOnly('issue-encoder 2'),
  ],
  [
    'feedback that is too old',
    'label_feedback_time (decided_at<?)',
    ({ labelFeedback }) => labelFeedback.prune(0),
  ],
  [
    'decisions of a repository that ended one way',
    'decisions_repository_outcome (repository=? AND outcome=?)',
    ({ db }) => readDecisions(db, { repository: 'octo/new', outcome: 'abstained', limit: 50 }),
  ],
  [
    'that nothing waits in the background',
    'jobs_background (state=?)',
    ({ db }) => claimJob(db, 't', 1, { leaseMs: 1000, lane: 'background' }),
  ],
])('finds %s without looking through all there are', async (_, index, look) => {
  const plans = await queryPlans(look);
  expect(plans.filter((step) => step.startsWith('SEARCH')).join('\n')).toContain(`INDEX ${index}`);
  expect(plans.filter((step) => step.startsWith('SCAN'))).toEqual([]);
});

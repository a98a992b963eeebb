import { forgetIssue } from './forget-history.js';
import { onIssue, targetOf } from './issue-event.js';

/** What is gone from GitHub teaches nothing any more. */
export const issuesDeleted = onIssue({
  event: 'issues.deleted',
  target: targetOf,
  handle: ({ repository, issue }, _delivery, { store }) => forgetIssue(repository, issue, store),
});

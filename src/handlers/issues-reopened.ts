import { onIssue, targetOf } from './issue-event.js';
import { triageIssue } from './triage-issue.js';

export const issuesReopened = onIssue({
  event: 'issues.reopened',
  target: targetOf,
  handle: triageIssue,
});

import { onIssue, targetOf } from './issue-event.js';
import { triageIssue } from './triage-issue.js';

export const issuesOpened = onIssue({
  event: 'issues.opened',
  target: targetOf,
  handle: triageIssue,
});

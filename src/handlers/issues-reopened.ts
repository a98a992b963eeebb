import type { EventHandler } from './event-handler.js';
import { targetOf } from './issue-event.js';
import { triageIssue } from './triage-issue.js';

export const issuesReopened: EventHandler = {
  event: 'issues.reopened',
  target: targetOf,
  handle: triageIssue,
};

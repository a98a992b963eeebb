import type { EventHandler } from './event-handler.js';
import { targetOf } from './issue-event.js';
import { triageIssue } from './triage-issue.js';

export const issuesOpened: EventHandler = {
  event: 'issues.opened',
  target: targetOf,
  handle: triageIssue,
};

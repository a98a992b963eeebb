import { onIssue, targetOf } from './issue-event.js';
import { triageIssue } from './triage-issue.js';

/** Reconsiders when the edit changed what the encoder reads; edits by bots never do. */
export const issuesEdited = onIssue({
  event: 'issues.edited',
  target: (event) => (event.sender?.type === 'Bot' ? null : targetOf(event)),
  handle: (target, delivery, context) =>
    triageIssue(target, delivery, context, { unlessUnchanged: true }),
});

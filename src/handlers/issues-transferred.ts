import { onIssue } from './issue-event.js';
import { triageIssue } from './triage-issue.js';

/** The event happens where the issue left; the work is where it arrived. */
export const issuesTransferred = onIssue({
  event: 'issues.transferred',
  target: ({ installation, changes }) =>
    changes?.new_issue && changes.new_repository
      ? {
          installationId: installation.id,
          repository: changes.new_repository.full_name,
          issue: changes.new_issue.number,
        }
      : null,
  handle: triageIssue,
});

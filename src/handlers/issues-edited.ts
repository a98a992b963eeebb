import { onIssue, targetOf } from './issue-event.js';
import { keepHistory } from './keep-history.js';
import { triageIssue } from './triage-issue.js';

/**
 * Reconsiders when the edit changed what the encoder reads; edits by bots never do. An issue that is
 * learned from is read again.
 */
export const issuesEdited = onIssue({
  event: 'issues.edited',
  target: (event) => (event.sender?.type === 'Bot' ? null : targetOf(event)),
  async handle(target, delivery, context) {
    const { repository, issue } = target;
    if (await context.store.historyIssues.find(repository, issue)) {
      const installation = context.github.installation(target.installationId);
      await keepHistory(installation, repository, issue, context.store);
    }
    await triageIssue(target, delivery, context, { unlessUnchanged: true });
  },
});

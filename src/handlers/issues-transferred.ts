import { z } from 'zod';
import { forgetIssue } from './forget-history.js';
import { onIssue } from './issue-event.js';
import { repositoryField } from './payload-fields.js';
import { triageIssue } from './triage-issue.js';

const sourceSchema = z.object({
  repository: repositoryField,
  issue: z.object({ number: z.number() }),
});

/** The event happens where the issue left, and teaches nothing more; the work is where it arrived. */
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
  async handle(target, delivery, context) {
    const { repository, issue } = sourceSchema.parse(JSON.parse(delivery.payload));
    await forgetIssue(repository.full_name, issue.number, context.store);
    await triageIssue(target, delivery, context);
  },
});

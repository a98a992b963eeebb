import { z } from 'zod';
import { roleOf } from './ask-roles.js';
import type { EventHandler } from './event-handler.js';
import { onIssue, targetOf } from './issue-event.js';
import { keepHistory } from './keep-history.js';
import { recordFeedback } from './record-feedback.js';

const payloadSchema = z.object({
  label: z.object({ name: z.string() }),
  sender: z.object({ login: z.string() }),
  issue: z.object({ updated_at: z.iso.datetime({ offset: true }).optional() }),
});

/**
 * A handler of a label that a person put on or took off: the history is kept current, and if the
 * person may triage it is the truth about the decision before. What bots do teaches nothing.
 */
export function onLabel(
  event: 'issues.labeled' | 'issues.unlabeled',
  truth: 'added' | 'removed',
): EventHandler {
  return onIssue({
    event,
    target: (payload) =>
      payload.sender === undefined || isBot(payload.sender) ? null : targetOf(payload),
    async handle(target, delivery, context) {
      const { label, sender, issue } = payloadSchema.parse(JSON.parse(delivery.payload));
      const installation = context.github.installation(target.installationId);
      await keepHistory(installation, target.repository, target.issue, context.store);
      const person = await roleOf(installation, target.repository, sender.login, context.store);
      if (person.trusted !== 1) {
        context.logger.info(
          { issue: target.issue, repository: target.repository, role: person.role },
          'a label was set by someone who may not triage; it counts for nothing',
        );
        return;
      }
      const at =
        issue.updated_at === undefined
          ? delivery.receivedAt.getTime()
          : Date.parse(issue.updated_at);
      await recordFeedback(target, { label: label.name, truth, person, at }, context);
    },
  });
}

function isBot({ login, type }: { readonly login: string; readonly type: string }): boolean {
  return type === 'Bot' || login.endsWith('[bot]');
}

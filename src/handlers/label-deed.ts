import { z } from 'zod';
import { RefusedError } from '../github/github-error.js';
import type { LabelEventRecord } from '../store/label-events.js';
import type { HeadSubject } from '../store/schema.js';
import { roleOf } from './ask-roles.js';
import type { EventHandler } from './event-handler.js';
import { type IssueHandling, onIssue, targetOf } from './issue-event.js';
import { keepHistory } from './keep-history.js';
import { onPullRequest } from './pull-request-event.js';
import { type LabelDeed, recordFeedback } from './record-feedback.js';

const thread = z.object({ updated_at: z.iso.datetime({ offset: true }).optional() });
const payloadSchema = z.object({
  /** Missing where the label itself was deleted. */
  label: z.object({ name: z.string() }).optional(),
  sender: z.object({ login: z.string() }),
  issue: thread.optional(),
  pull_request: thread.optional(),
});

/**
 * A handler of a label that a person put on an issue or took off: the history is kept current, and
 * if the person may triage it is the truth about the decision before. What bots do teaches nothing, nor
 * does a label that is taken off because it was deleted.
 */
export function onLabel(
  event: 'issues.labeled' | 'issues.unlabeled',
  truth: LabelDeed['truth'],
): EventHandler {
  return onIssue({
    event,
    target: (payload) => (isByPerson(payload) ? targetOf(payload) : null),
    handle: learnFrom('issues', truth),
  });
}

/** The same for a label of a pull request. */
export function onPullRequestLabel(
  event: 'pull_request.labeled' | 'pull_request.unlabeled',
  truth: LabelDeed['truth'],
): EventHandler {
  return onPullRequest({ event, concerns: isByPerson, handle: learnFrom('pulls', truth) });
}

function learnFrom(subject: HeadSubject, truth: LabelDeed['truth']): IssueHandling['handle'] {
  const learn: IssueHandling['handle'] = async (target, delivery, context) => {
    const payload = payloadSchema.parse(JSON.parse(delivery.payload));
    const { label, sender } = payload;
    const installation = context.github.installation(target.installationId);
    const events = await keepHistory(installation, target.repository, target.issue, context.store);
    if (label === undefined || isByApp(events, { label: label.name, truth, login: sender.login })) {
      return;
    }
    const person = await roleOf(installation, target.repository, sender.login, context.store);
    if (person.trusted !== 1) {
      context.logger.info(
        { issue: target.issue, repository: target.repository, role: person.role },
        'a label was set by someone who may not triage; it counts for nothing',
      );
      return;
    }
    const updatedAt = (payload.issue ?? payload.pull_request)?.updated_at;
    const at = updatedAt === undefined ? delivery.receivedAt.getTime() : Date.parse(updatedAt);
    await recordFeedback(target, { subject, label: label.name, truth, person, at }, context);
  };
  return async (target, delivery, context) => {
    try {
      await learn(target, delivery, context);
    } catch (error) {
      // Suspended since: there is nothing here for a person to look at or to try again.
      if (!(error instanceof RefusedError)) throw error;
      const { repository, issue } = target;
      context.logger.info({ repository, issue, err: error }, 'nothing was learned from a label');
    }
  };
}

function isByPerson({
  sender,
}: {
  readonly sender?: { readonly login: string; readonly type: string } | undefined;
}): boolean {
  return sender !== undefined && sender.type !== 'Bot' && !sender.login.endsWith('[bot]');
}

/** Whether an App did it in the person's name: the webhook does not say so, the issue's history does. */
function isByApp(
  events: readonly LabelEventRecord[],
  {
    label,
    truth,
    login,
  }: { readonly label: string; readonly login: string } & Pick<LabelDeed, 'truth'>,
): boolean {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const last = events.findLast((event) => same(event.label, label) && event.action === truth);
  return last?.bot === 1 && same(last.actor, login);
}

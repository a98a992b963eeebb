import { z } from 'zod';
import type { ClaimedDelivery } from '../queue/queue.js';
import type { EventHandler, HandlerContext } from './event-handler.js';
import { type IssueTarget, issueKey } from './issue-event.js';
import { installationField, repositoryField } from './payload-fields.js';

const pullRequestEventSchema = z.object({
  action: z.string(),
  installation: installationField,
  /** The base's, also for pull requests from forks. */
  repository: repositoryField,
  pull_request: z.object({ number: z.number().int().positive() }),
  sender: z.object({ login: z.string(), type: z.string().default('User') }).optional(),
});

/** What handlers need of a `pull_request` webhook. */
export type PullRequestEvent = z.output<typeof pullRequestEventSchema>;

/** How an action of `pull_request` is handled. */
export interface PullRequestHandling {
  /** Event and action, e.g. `pull_request.opened`. */
  readonly event: `pull_request.${string}`;
  /** False when this delivery needs no work; it does when left out. */
  concerns?(event: PullRequestEvent): boolean;
  handle(target: IssueTarget, delivery: ClaimedDelivery, context: HandlerContext): Promise<void>;
}

/** A handler of an action of `pull_request`. */
export function onPullRequest({ event, concerns, handle }: PullRequestHandling): EventHandler {
  return {
    event,
    accept(payload) {
      const parsed = pullRequestEventSchema.safeParse(payload).data;
      if (!parsed || concerns?.(parsed) === false) {
        return null;
      }
      const target: IssueTarget = {
        installationId: parsed.installation.id,
        repository: parsed.repository.full_name,
        issue: parsed.pull_request.number,
      };
      return {
        key: issueKey(target.repository, target.issue),
        perform: (delivery, context) => handle(target, delivery, context),
      };
    },
  };
}

import { z } from 'zod';
import type { ClaimedDelivery } from '../queue/queue.js';
import type { EventHandler, HandlerContext } from './event-handler.js';
import { installationField, type RepositoryTarget, repositoryField } from './payload-fields.js';

const issue = z.object({ number: z.number().int().positive() });

const issueEventSchema = z.object({
  action: z.string(),
  installation: installationField,
  repository: repositoryField,
  issue: issue.extend({ pull_request: z.unknown().optional() }),
  sender: z.object({ login: z.string(), type: z.string().default('User') }).optional(),
  changes: z
    .object({ new_issue: issue.nullish(), new_repository: repositoryField.nullish() })
    .optional(),
});

/** What handlers need of an `issues` webhook. */
export type IssueEvent = z.output<typeof issueEventSchema>;

/** Which issue a delivery is about, and as whom to act on it. */
export interface IssueTarget extends RepositoryTarget {
  readonly issue: number;
}

/** How an action of `issues` is handled. */
export interface IssueHandling {
  /** Event and action, e.g. `issues.opened`. */
  readonly event: `issues.${string}`;
  /** The issue to work on, or null when this delivery needs no work. */
  target(event: IssueEvent): IssueTarget | null;
  handle(target: IssueTarget, delivery: ClaimedDelivery, context: HandlerContext): Promise<void>;
}

/** A handler of an action of `issues`; pull requests under that name are never accepted. */
export function onIssue({ event, target, handle }: IssueHandling): EventHandler {
  return {
    event,
    accept(payload) {
      const parsed = issueEventSchema.safeParse(payload).data;
      const found = parsed && parsed.issue.pull_request === undefined ? target(parsed) : null;
      return (
        found && {
          key: issueKey(found.repository, found.issue),
          perform: (delivery, context) => handle(found, delivery, context),
        }
      );
    },
  };
}

/** The queue's key of an issue or pull request: their numbers are one sequence. */
export function issueKey(repository: string, number: number): string {
  return `${repository}#${number}`.toLowerCase();
}

/** The issue the event happened to. */
export function targetOf(event: IssueEvent): IssueTarget {
  return {
    installationId: event.installation.id,
    repository: event.repository.full_name,
    issue: event.issue.number,
  };
}

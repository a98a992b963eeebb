import type { ClaimedDelivery } from '../queue/queue.js';
import type { EventHandler, HandlerContext } from './event-handler.js';
import { type IssueTarget, parseIssueEvent } from './issue-event.js';
import { issuesEdited } from './issues-edited.js';
import { issuesOpened } from './issues-opened.js';
import { issuesReopened } from './issues-reopened.js';
import { issuesTransferred } from './issues-transferred.js';

/** Every event Sentinel acts on. */
export const HANDLERS: readonly EventHandler[] = [
  issuesOpened,
  issuesEdited,
  issuesReopened,
  issuesTransferred,
];

/** A delivery that is worth queueing: what it is and what it must wait for. */
export interface Route {
  /** Event and action, e.g. `issues.opened`. */
  readonly event: string;
  /** `owner/name#number`, in lower case. */
  readonly key: string;
}

/** Where a delivery goes, or null when there is nothing to do about it. Never throws. */
export function routeDelivery(eventName: string, payload: unknown): Route | null {
  const found = find(eventName, payload);
  return found && { event: found.handler.event, key: keyOf(found.target) };
}

/** Hands a stored delivery to its handler. What was queued by an older version may have none. */
export async function handleDelivery(
  delivery: ClaimedDelivery,
  context: HandlerContext,
): Promise<void> {
  const [eventName = ''] = delivery.event.split('.');
  const found = find(eventName, JSON.parse(delivery.payload));
  if (!found) {
    context.logger.warn({ delivery: delivery.id, event: delivery.event }, 'no handler, skipped');
    return;
  }
  await found.handler.handle(found.target, delivery, context);
}

function find(
  eventName: string,
  payload: unknown,
): { handler: EventHandler; target: IssueTarget } | null {
  if (eventName !== 'issues') {
    return null;
  }
  const event = parseIssueEvent(payload);
  const handler = event && HANDLERS.find((known) => known.event === `issues.${event.action}`);
  const target =
    handler && event && event.issue.pull_request === undefined && handler.target(event);
  return handler && target ? { handler, target } : null;
}

function keyOf({ repository, issue }: IssueTarget): string {
  return `${repository}#${issue}`.toLowerCase();
}

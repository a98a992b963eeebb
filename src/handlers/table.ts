import { z } from 'zod';
import type { ClaimedDelivery } from '../queue/queue.js';
import type { EventHandler, HandlerContext, Work } from './event-handler.js';
import { installationCreated } from './installation-created.js';
import { installationDeleted } from './installation-deleted.js';
import { installationRepositoriesAdded } from './installation-repositories-added.js';
import { installationRepositoriesRemoved } from './installation-repositories-removed.js';
import { issuesDeleted } from './issues-deleted.js';
import { issuesEdited } from './issues-edited.js';
import { issuesLabeled } from './issues-labeled.js';
import { issuesOpened } from './issues-opened.js';
import { issuesReopened } from './issues-reopened.js';
import { issuesTransferred } from './issues-transferred.js';
import { issuesUnlabeled } from './issues-unlabeled.js';
import { labelCreated } from './label-created.js';
import { labelDeleted } from './label-deleted.js';
import { labelEdited } from './label-edited.js';
import { pullRequestEdited } from './pull-request-edited.js';
import { pullRequestLabeled } from './pull-request-labeled.js';
import { pullRequestOpened } from './pull-request-opened.js';
import { pullRequestReady } from './pull-request-ready.js';
import { pullRequestReopened } from './pull-request-reopened.js';
import { pullRequestSynchronize } from './pull-request-synchronize.js';
import { pullRequestUnlabeled } from './pull-request-unlabeled.js';
import { repositoryDeleted } from './repository-deleted.js';
import { repositoryRenamed } from './repository-renamed.js';
import { repositoryTransferred } from './repository-transferred.js';
import { sentinelForget } from './sentinel-forget.js';
import { sentinelLearn } from './sentinel-learn.js';
import { sentinelRename } from './sentinel-rename.js';

/** Every event Sentinel acts on. */
export const HANDLERS: readonly EventHandler[] = [
  issuesOpened,
  issuesEdited,
  issuesReopened,
  issuesTransferred,
  issuesLabeled,
  issuesUnlabeled,
  issuesDeleted,
  labelCreated,
  labelDeleted,
  labelEdited,
  installationCreated,
  installationRepositoriesAdded,
  installationDeleted,
  installationRepositoriesRemoved,
  repositoryDeleted,
  repositoryRenamed,
  repositoryTransferred,
  sentinelLearn,
  sentinelForget,
  sentinelRename,
  pullRequestOpened,
  pullRequestSynchronize,
  pullRequestReady,
  pullRequestReopened,
  pullRequestEdited,
  pullRequestLabeled,
  pullRequestUnlabeled,
];

/** A delivery that is worth queueing: what it is and what it must wait for. */
export interface Route {
  /** Event and action, e.g. `issues.opened`. */
  readonly event: string;
  /** `owner/name#number` or what else the work is about, in lower case. */
  readonly key: string;
}

/** Where a delivery goes, or null when there is nothing to do about it. Never throws. */
export function routeDelivery(eventName: string, payload: unknown): Route | null {
  const found = find(eventName, payload);
  return found && { event: found.handler.event, key: found.work.key };
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
  await found.work.perform(delivery, context);
}

const withAction = z.object({ action: z.string() });

function find(eventName: string, payload: unknown): { handler: EventHandler; work: Work } | null {
  const action = withAction.safeParse(payload).data?.action;
  const event = action === undefined ? eventName : `${eventName}.${action}`;
  const handler = HANDLERS.find((known) => known.event === event);
  const work = handler?.accept(payload);
  return handler && work ? { handler, work } : null;
}

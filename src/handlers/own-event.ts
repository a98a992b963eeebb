import { z } from 'zod';
import type { BackgroundKey } from '../queue/lane.js';
import type { ClaimedDelivery, Queue } from '../queue/queue.js';
import type { EventHandler, HandlerContext } from './event-handler.js';
import { installationField, type RepositoryTarget, repositoryField } from './payload-fields.js';

const payloadSchema = z.object({
  installation: installationField,
  repository: repositoryField,
  resumes: z.boolean().default(false),
});

/** What an event of Sentinel's own is about. */
export interface OwnTarget extends RepositoryTarget {
  /** It goes on with what one before began. */
  readonly resumes: boolean;
}

/** A handler of an event of Sentinel's own: `sentinel.` and the action. */
export function onOwnEvent(
  action: string,
  perform: (target: OwnTarget, context: HandlerContext, delivery: ClaimedDelivery) => Promise<void>,
): EventHandler {
  return {
    event: `sentinel.${action}`,
    accept(payload) {
      const parsed = payloadSchema.safeParse(payload).data;
      if (!parsed) return null;
      const target = {
        installationId: parsed.installation.id,
        repository: parsed.repository.full_name,
        resumes: parsed.resumes,
      };
      return {
        key: learningKey(target.repository),
        perform: (delivery, context) => perform(target, context, delivery),
      };
    },
  };
}

/**
 * Queues an event of Sentinel's own beside GitHub's, so that it survives a kill and is tried again.
 *
 * @param id whoever queues an action with the same one again changes nothing
 * @param details what else the action needs to know
 */
export async function queueOwnEvent(
  queue: Pick<Queue, 'enqueue'>,
  { installationId, repository }: RepositoryTarget,
  {
    action,
    id,
    because,
    details = {},
  }: {
    readonly action: string;
    readonly id: string;
    readonly because: string;
    readonly details?: object;
  },
): Promise<void> {
  const payload = {
    ...details,
    action,
    installation: { id: installationId },
    repository: { full_name: repository },
    because,
  };
  await queue.enqueue({
    id: `${action}-${id}`,
    event: `sentinel.${action}`,
    key: learningKey(repository),
    payload: JSON.stringify(payload),
  });
}

/** What is learned and forgotten of a repository happens in order, beside the work on its issues. */
export function learningKey(repository: string): BackgroundKey {
  return `${repository.toLowerCase()}@learning`;
}

import { z } from 'zod';
import type { EventHandler } from './event-handler.js';
import { installationField, repositoryField } from './payload-fields.js';
import { queueForgetting } from './queue-forgetting.js';
import { queueLearning } from './queue-learning.js';

const name = z.string().regex(/^[^/\s]+$/);
const login = z.object({ login: name });

const payloadSchema = z.object({
  installation: installationField,
  repository: repositoryField,
  changes: z
    .object({
      repository: z.object({ name: z.object({ from: name }) }).optional(),
      owner: z
        .object({ from: z.object({ user: login.optional(), organization: login.optional() }) })
        .optional(),
    })
    .default({}),
});

/** An event about a repository: what it is called now, and what changed of that. */
export interface RepositoryChange {
  readonly owner: string;
  readonly name: string;
  /** Null where it did not change. */
  readonly formerOwner: string | null;
  readonly formerName: string | null;
}

/**
 * A handler of an event after which a repository's name stands for nothing: what is known under it is
 * forgotten. Under another name the repository is learned from anew.
 *
 * @param goneName `owner/name` that is gone, or null when the event does not tell
 */
export function onRepository(
  event: `repository.${string}`,
  goneName: (change: RepositoryChange) => string | null,
): EventHandler {
  return {
    event,
    accept(payload) {
      const parsed = payloadSchema.safeParse(payload).data;
      const gone = parsed && goneName(changeOf(parsed));
      if (!parsed || !gone) return null;
      const installationId = parsed.installation.id;
      const repository = parsed.repository.full_name;
      return {
        key: `${gone.toLowerCase()}@repository`,
        async perform(_delivery, { queue }) {
          await queueForgetting(queue, { installationId, repository: gone }, event);
          if (gone.toLowerCase() !== repository.toLowerCase()) {
            await queueLearning(queue, { installationId, repository }, event);
          }
        },
      };
    },
  };
}

function changeOf({ repository, changes }: z.output<typeof payloadSchema>): RepositoryChange {
  const [owner = '', own = ''] = repository.full_name.split('/');
  const from = changes.owner?.from;
  return {
    owner,
    name: own,
    formerOwner: from?.user?.login ?? from?.organization?.login ?? null,
    formerName: changes.repository?.name.from ?? null,
  };
}

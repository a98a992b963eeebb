import { z } from 'zod';
import type { EventHandler } from './event-handler.js';
import { forgetAtOnce } from './forget-at-once.js';
import { installationField, repositoryField, repositoryKey } from './payload-fields.js';
import { queueLearning } from './queue-learning.js';

const name = z.string().regex(/^[^/\s]+$/);
const login = z.object({ login: name });
const absent = z.never().optional();

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
  // GitHub signs a body without its event: what was deleted in a repository is not the repository.
  issue: absent,
  label: absent,
  pull_request: absent,
});

/**
 * A handler of an event after which a repository's name stands for nothing: what is known under it is
 * forgotten. Under another name the repository is learned from anew.
 */
export function onRepository(event: `repository.${string}`): EventHandler {
  return {
    event,
    accept(payload) {
      const parsed = payloadSchema.safeParse(payload).data;
      if (!parsed) return null;
      const { changes } = parsed;
      const installationId = parsed.installation.id;
      const repository = parsed.repository.full_name;
      const gone = formerName(parsed);
      const moved = gone !== repository;
      // One that moved and does not say from where leaves nothing to forget.
      if (!moved && event !== 'repository.deleted') return null;
      return {
        key: repositoryKey(gone),
        async perform(_delivery, context) {
          // One that was transferred is told of by the installation of its new owner.
          const known = changes.owner && (await context.store.histories.find(gone));
          const through = known?.installation_id ?? installationId;
          await forgetAtOnce({ installationId: through, repository: gone }, event, context);
          if (moved) await queueLearning(context.queue, { installationId, repository }, event);
        },
      };
    },
  };
}

/** `owner/name` before the changes; the present one where neither changed. */
function formerName({ repository, changes }: z.output<typeof payloadSchema>): string {
  const [owner, own] = repository.full_name.split('/');
  const from = changes.owner?.from;
  const formerOwner = from?.user?.login ?? from?.organization?.login ?? owner;
  return `${formerOwner}/${changes.repository?.name.from ?? own}`;
}

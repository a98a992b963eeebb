import { z } from 'zod';
import type { EventHandler } from './event-handler.js';
import { installationField, repositoryField, repositoryKey } from './payload-fields.js';

const payloadSchema = z.object({ installation: installationField, repository: repositoryField });

/**
 * A handler of an event after which a repository has other labels: they are read anew. GitHub makes a
 * label that is put on and is not there, so one that was deleted must not be remembered.
 */
export function onLabelSet(event: `label.${string}`): EventHandler {
  return {
    event,
    accept(payload) {
      const repository = payloadSchema.safeParse(payload).data?.repository.full_name;
      if (repository === undefined) return null;
      return {
        key: repositoryKey(repository),
        perform: async (_delivery, { repositories }) => repositories.forgetLabels(repository),
      };
    },
  };
}

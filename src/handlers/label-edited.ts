import { z } from 'zod';
import type { EventHandler } from './event-handler.js';
import { queueOwnEvent } from './own-event.js';
import { installationField, repositoryField, repositoryKey } from './payload-fields.js';

const name = z.string().min(1);
const payloadSchema = z.object({
  installation: installationField,
  repository: repositoryField,
  label: z.object({ name }),
  changes: z.object({ name: z.object({ from: name }) }),
});

/**
 * A label got another name: put on the next issue, the old one would be there again. What is known of it
 * goes on under the new one, once the learning under way is done.
 */
export const labelEdited: EventHandler = {
  event: 'label.edited',
  accept(payload) {
    // Its colour or description alone concerns nothing here.
    const parsed = payloadSchema.safeParse(payload).data;
    if (!parsed) return null;
    const { installation, repository, label, changes } = parsed;
    const target = { installationId: installation.id, repository: repository.full_name };
    const details = { from: changes.name.from, to: label.name };
    return {
      key: repositoryKey(target.repository),
      async perform({ id, event }, { repositories, queue }) {
        repositories.forgetLabels(target.repository);
        await queueOwnEvent(queue, target, { action: 'rename', id, because: event, details });
      },
    };
  },
};

import { z } from 'zod';
import type { EventHandler, HandlerContext } from './event-handler.js';
import { learningKey } from './own-event.js';
import { installationField, repositoryField } from './payload-fields.js';
import { renameLabel } from './rename-label.js';

const name = z.string().min(1);
const payloadSchema = z.object({
  installation: installationField,
  repository: repositoryField,
  label: z.object({ name }),
  changes: z.object({ name: z.object({ from: name }) }),
});

/** A label got another name: what is known of it goes on under that. */
export const labelEdited: EventHandler = {
  event: 'label.edited',
  accept(payload) {
    // Its colour or description alone concerns nothing here.
    const parsed = payloadSchema.safeParse(payload).data;
    if (!parsed) return null;
    const repository = parsed.repository.full_name;
    const names = { from: parsed.changes.name.from, to: parsed.label.name };
    return {
      key: learningKey(repository),
      perform: (_delivery, context: HandlerContext) => renameLabel(repository, names, context),
    };
  },
};

import { z } from 'zod';
import { onOwnEvent } from './own-event.js';
import { renameLabel } from './rename-label.js';

const namesSchema = z.object({ from: z.string(), to: z.string() });

/** What is known of a label goes on under its new name. Safe to repeat. */
export const sentinelRename = onOwnEvent('rename', ({ repository }, context, { payload }) =>
  renameLabel(repository, namesSchema.parse(JSON.parse(payload)), context),
);

import { z } from 'zod';
import type { EventHandler } from './event-handler.js';
import { queueLearning } from './queue-learning.js';

const repositories = z
  .array(z.object({ full_name: z.string().regex(/^[^/\s]+\/[^/\s]+$/) }))
  .default([]);

const payloadSchema = z.object({
  installation: z.object({ id: z.number().int().positive() }),
  repositories,
  repositories_added: repositories,
});

/** A handler that has the repositories learned from which the App was just installed on. */
export function onInstalled(event: `installation${string}`): EventHandler {
  return {
    event,
    accept(payload) {
      const parsed = payloadSchema.safeParse(payload).data;
      const names = [...(parsed?.repositories ?? []), ...(parsed?.repositories_added ?? [])];
      if (!parsed || names.length === 0) return null;
      const installationId = parsed.installation.id;
      return {
        key: `installation@${installationId}`,
        async perform(_delivery, { queue }) {
          for (const { full_name: repository } of names) {
            await queueLearning(queue, { installationId, repository }, event);
          }
        },
      };
    },
  };
}

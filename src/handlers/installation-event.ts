import { z } from 'zod';
import type { EventHandler, HandlerContext } from './event-handler.js';
import { installationField, repositoryField } from './payload-fields.js';

const repositories = z.array(repositoryField).default([]);

const payloadSchema = z.object({
  installation: installationField,
  repositories,
  repositories_added: repositories,
  repositories_removed: repositories,
  // GitHub signs a body without its event: what was deleted in a repository is no installation.
  repository: z.never().optional(),
});

/** An event about an installation. */
export interface InstallationChange {
  /** The event with its action. */
  readonly event: string;
  readonly installationId: number;
  /** The repositories it names, as GitHub spells them. */
  readonly repositories: readonly string[];
}

/** A handler of an event about an installation. */
export function onInstallation(
  event: `installation${string}`,
  perform: (change: InstallationChange, context: HandlerContext) => Promise<void>,
): EventHandler {
  return {
    event,
    accept(payload) {
      const parsed = payloadSchema.safeParse(payload).data;
      if (!parsed) return null;
      const installationId = parsed.installation.id;
      const named = [
        ...parsed.repositories,
        ...parsed.repositories_added,
        ...parsed.repositories_removed,
      ];
      // One that is gone may have had more repositories than its event names.
      if (named.length === 0 && event !== 'installation.deleted') return null;
      const change = { event, installationId, repositories: named.map((own) => own.full_name) };
      return {
        key: `installation@${installationId}`,
        perform: (_delivery, context) => perform(change, context),
      };
    },
  };
}

import { z } from 'zod';

/** The installation that GitHub sends an event to. */
export const installationField = z.object({ id: z.number().int().positive() });

/** A repository, as `owner/name`. */
export const repositoryField = z.object({ full_name: z.string().regex(/^[^/\s]+\/[^/\s]+$/) });

/** The key of deliveries about a repository itself; see `NewDelivery`. */
export function repositoryKey(repository: string): string {
  return `${repository}@repository`.toLowerCase();
}

/** The repository that an event is about, and the installation to reach it through. */
export interface RepositoryTarget {
  readonly installationId: number;
  /** `owner/name`. */
  readonly repository: string;
}

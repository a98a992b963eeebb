import { z } from 'zod';
import type { Installation } from './connect.js';
import { asking, isGone } from './github-error.js';
import { splitRepository } from './repository-name.js';

/** What a person may do in a repository. */
export interface Role {
  /** GitHub's name of it, such as `triage`, or that of an organization's own role; `none` without. */
  readonly name: string;
  /** Whether it allows to set labels. */
  readonly mayTriage: boolean;
}

const roleSchema = z.object({
  permission: z.string().default('none'),
  role_name: z.string().optional(),
  user: z
    .object({ permissions: z.object({ triage: z.boolean().optional() }).optional() })
    .nullish(),
});

const TRIAGING = new Set(['triage', 'write', 'push', 'maintain', 'admin']);

/**
 * Asks GitHub for a person's role.
 *
 * @throws {RateLimitedError} when GitHub asks to wait
 */
export async function readRole(
  { octokit }: Installation,
  repository: string,
  login: string,
): Promise<Role> {
  try {
    const { data } = await asking('read a permission', () =>
      octokit.repos.getCollaboratorPermissionLevel({
        ...splitRepository(repository),
        username: login,
      }),
    );
    const { permission, role_name, user } = roleSchema.parse(data);
    const name = role_name ?? permission;
    // An organization's own role has any name, so what it allows goes first.
    const mayTriage = user?.permissions?.triage ?? (TRIAGING.has(name) || TRIAGING.has(permission));
    return { name, mayTriage };
  } catch (error) {
    if (isGone(error)) {
      return { name: 'none', mayTriage: false };
    }
    throw error;
  }
}

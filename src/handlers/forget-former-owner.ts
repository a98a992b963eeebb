import { isRefused } from '../github/github-error.js';
import { splitRepository } from '../github/repository-name.js';
import type { HandlerContext } from './event-handler.js';
import { forgetAtOnce } from './forget-at-once.js';
import type { RepositoryTarget } from './payload-fields.js';

/**
 * Forgets what is known under the former name of an account that was renamed, of which GitHub tells only
 * Apps that ask to be told: an installation's repositories have one owner, so those of another are looked up.
 */
export async function forgetFormerOwner(
  { installationId, repository }: RepositoryTarget,
  context: Pick<HandlerContext, 'github' | 'queue' | 'store' | 'heads' | 'repositories' | 'logger'>,
): Promise<void> {
  const { owner } = splitRepository(repository);
  for (const known of await context.store.histories.ofInstallation(installationId)) {
    if (known.startsWith(`${owner}/`) || (await isStill(known, context.github))) continue;
    const target = { installationId, repository: known };
    await forgetAtOnce(target, 'its owner has another name', context);
  }
}

/** Whether a repository that the App can see has this very name. */
async function isStill(name: string, github: HandlerContext['github']): Promise<boolean> {
  try {
    return (await github.installationOf(name)).repository === name;
  } catch (error) {
    if (isRefused(error, 'gone')) return false;
    throw error;
  }
}

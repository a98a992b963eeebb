import { forgetAtOnce } from './forget-at-once.js';
import { onInstallation } from './installation-event.js';

/** The App was uninstalled: all that is known through the installation is forgotten. */
export const installationDeleted = onInstallation(
  'installation.deleted',
  async ({ event, installationId, repositories }, context) => {
    // The event may not name all, and knows nothing of those that were renamed.
    const known = await context.store.histories.ofInstallation(installationId);
    for (const repository of new Set([...repositories, ...known])) {
      await forgetAtOnce({ installationId, repository }, event, context);
    }
  },
);

import { onInstallation } from './installation-event.js';
import { queueForgetting } from './queue-forgetting.js';

/** The App was uninstalled: all that is known through the installation is forgotten. */
export const installationDeleted = onInstallation(
  'installation.deleted',
  async ({ event, installationId, repositories }, { store, queue }) => {
    // The event may not name all, and knows nothing of those that were renamed.
    const known = await store.histories.ofInstallation(installationId);
    for (const repository of new Set([...repositories, ...known])) {
      await queueForgetting(queue, { installationId, repository }, event);
    }
  },
);

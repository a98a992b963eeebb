import { onInstallation } from './installation-event.js';
import { queueForgetting } from './queue-forgetting.js';

/** What was known of repositories that the App was taken off is forgotten. */
export const installationRepositoriesRemoved = onInstallation(
  'installation_repositories.removed',
  async ({ event, installationId, repositories }, { queue }) => {
    for (const repository of repositories) {
      await queueForgetting(queue, { installationId, repository }, event);
    }
  },
);

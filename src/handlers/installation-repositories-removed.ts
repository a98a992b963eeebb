import { forgetAtOnce } from './forget-at-once.js';
import { onInstallation } from './installation-event.js';

/** What was known of repositories that the App was taken off is forgotten. */
export const installationRepositoriesRemoved = onInstallation(
  'installation_repositories.removed',
  async ({ event, installationId, repositories }, context) => {
    for (const repository of repositories) {
      await forgetAtOnce({ installationId, repository }, event, context);
    }
  },
);

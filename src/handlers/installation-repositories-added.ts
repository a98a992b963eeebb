import { onInstallation } from './installation-event.js';
import { queueLearningOfAll } from './queue-learning.js';

export const installationRepositoriesAdded = onInstallation(
  'installation_repositories.added',
  queueLearningOfAll,
);

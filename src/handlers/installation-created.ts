import { onInstallation } from './installation-event.js';
import { queueLearningOfAll } from './queue-learning.js';

/** The repositories that the App was just installed on are learned from. */
export const installationCreated = onInstallation('installation.created', queueLearningOfAll);

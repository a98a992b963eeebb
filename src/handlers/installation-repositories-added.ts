import { onInstalled } from './installation-event.js';

export const installationRepositoriesAdded = onInstalled('installation_repositories.added');

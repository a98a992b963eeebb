import { onInstalled } from './installation-event.js';

export const installationCreated = onInstalled('installation.created');

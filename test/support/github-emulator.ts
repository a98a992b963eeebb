/** The GitHub and the app that tests use are the demo's own. */
export * from '../../demo/act-as-user.js';
export { findFreePort } from '../../demo/find-free-port.js';
export type { Interfere, Interference } from '../../demo/proxy-api.js';
export type { SentDelivery } from '../../demo/relay-webhooks.js';
export type { Label, Repository } from '../../demo/seed-emulator.js';
export { MAINTAINER } from '../../demo/seed-emulator.js';
export * from '../../demo/start-app.js';
export { type GitHub, type StartGitHubOptions, startGitHub } from '../../demo/start-emulator.js';

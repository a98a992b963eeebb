import { onRepository } from './repository-event.js';

/** A new owner is a new name; see `repository-renamed`. */
export const repositoryTransferred = onRepository('repository.transferred');

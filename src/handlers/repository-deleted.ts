import { onRepository } from './repository-event.js';

/** What was known of a repository goes with it. */
export const repositoryDeleted = onRepository('repository.deleted');

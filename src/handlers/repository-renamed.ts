import { onRepository } from './repository-event.js';

/** Everything is kept by name: under the new one the repository is learned from anew. */
export const repositoryRenamed = onRepository('repository.renamed');

import { onPullRequestLabel } from './label-deed.js';

export const pullRequestLabeled = onPullRequestLabel('pull_request.labeled', 'added');

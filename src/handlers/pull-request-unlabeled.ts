import { onPullRequestLabel } from './label-deed.js';

export const pullRequestUnlabeled = onPullRequestLabel('pull_request.unlabeled', 'removed');

import { onPullRequest } from './pull-request-event.js';
import { triagePullRequest } from './triage-pull-request.js';

export const pullRequestReopened = onPullRequest({
  event: 'pull_request.reopened',
  handle: triagePullRequest,
});

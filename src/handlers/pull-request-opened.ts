import { onPullRequest } from './pull-request-event.js';
import { triagePullRequest } from './triage-pull-request.js';

export const pullRequestOpened = onPullRequest({
  event: 'pull_request.opened',
  handle: triagePullRequest,
});

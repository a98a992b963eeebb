import { onPullRequest } from './pull-request-event.js';
import { triagePullRequest } from './triage-pull-request.js';

/** Commits were pushed, forced or not. Of a burst of pushes the first delivery decides for all. */
export const pullRequestSynchronize = onPullRequest({
  event: 'pull_request.synchronize',
  handle: (target, delivery, context) =>
    triagePullRequest(target, delivery, context, { unlessUnchanged: true }),
});

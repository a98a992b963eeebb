import { onPullRequest } from './pull-request-event.js';
import { triagePullRequest } from './triage-pull-request.js';

/** A draft was waited for, unless drafts are looked at too and this one was already. */
export const pullRequestReady = onPullRequest({
  event: 'pull_request.ready_for_review',
  handle: (target, delivery, context) =>
    triagePullRequest(target, delivery, context, { unlessUnchanged: true }),
});

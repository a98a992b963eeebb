import { onPullRequest } from './pull-request-event.js';
import { triagePullRequest } from './triage-pull-request.js';

/** Reconsiders when title, base or description changed; edits by bots never count. */
export const pullRequestEdited = onPullRequest({
  event: 'pull_request.edited',
  concerns: ({ sender }) => sender?.type !== 'Bot',
  handle: (target, delivery, context) =>
    triagePullRequest(target, delivery, context, { unlessUnchanged: true }),
});

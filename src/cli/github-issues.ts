import { pullsToLearn } from '../handlers/learn-pulls.js';
import { labelledHistory } from '../learning/labelled-history.js';
import type { LabelledIssue } from '../learning/labelled-issue.js';
import type { LabelledPull } from '../learning/labelled-pulls.js';
import type { Io } from './command.js';
import { readPulls, withGitHubHistory } from './with-github-history.js';

/**
 * A repository's labelled issues, read through the API into the store, oldest first; for commands
 * that judge rather than learn.
 *
 * @param onProgress told what is being done, in a few words
 */
export function githubIssues(
  io: Io,
  name: string,
  onProgress: (text: string) => void,
): Promise<LabelledIssue[]> {
  return withGitHubHistory(io, name, onProgress, ({ repository, store }) =>
    labelledHistory(store, repository),
  );
}

/**
 * The same of its labelled pull requests and what they change.
 *
 * @throws {RefusedError} when the App may not read pull requests
 */
export function githubPulls(
  io: Io,
  name: string,
  onProgress: (text: string) => void,
): Promise<LabelledPull[]> {
  return withGitHubHistory(io, name, onProgress, async (history) => {
    await readPulls(history, onProgress);
    const { pull_requests: config } = await history.config();
    return pullsToLearn(history.repository, history.store, config);
  });
}

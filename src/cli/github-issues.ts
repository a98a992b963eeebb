import { labelledHistory } from '../learning/labelled-history.js';
import type { LabelledIssue } from '../learning/labelled-issue.js';
import type { Io } from './command.js';
import { withGitHubHistory } from './with-github-history.js';

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

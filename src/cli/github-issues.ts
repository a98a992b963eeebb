import { pullsToLearn } from '../handlers/learn-pulls.js';
import { labelledHistory } from '../learning/labelled-history.js';
import type { LabelledIssue } from '../learning/labelled-issue.js';
import type { LabelledPull } from '../learning/labelled-pulls.js';
import type { Io } from './command.js';
import { readPulls, withGitHubHistory } from './with-github-history.js';

/** What there is to judge, and the precision that the repository's configuration promises. */
export interface Judgeable<T> {
  readonly items: readonly T[];
  readonly precision: number;
}

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
): Promise<Judgeable<LabelledIssue>> {
  return withGitHubHistory(io, name, onProgress, async ({ repository, store, config }) => {
    const issues = await labelledHistory(store, repository);
    const { precision } = await config();
    return { items: issues.map(({ issue }) => issue), precision };
  });
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
): Promise<Judgeable<LabelledPull>> {
  return withGitHubHistory(io, name, onProgress, async (history) => {
    await readPulls(history, onProgress);
    const { pull_requests: config, precision } = await history.config();
    return { items: await pullsToLearn(history.repository, history.store, config), precision };
  });
}

import { RefusedError } from '../github/github-error.js';
import { learnPulls, type PullLearning } from '../handlers/learn-pulls.js';
import { type Learning, learnRepository } from '../handlers/learn-repository.js';
import { createLearner } from '../learning/create-learner.js';
import { ModelError } from '../models/model-error.js';
import { startEncoder } from '../models/start-encoder.js';
import type { Io } from './command.js';
import { type GitHubHistory, readPulls, withGitHubHistory } from './with-github-history.js';

/** What `sentinel learn owner/repo` came to. */
export interface GitHubLearning extends Learning {
  readonly repository: string;
  /** Null where the configuration leaves pull requests alone. */
  readonly pulls: PullLearning | null;
}

/**
 * Reads a repository's history through the API and learns from it into the store, from issues and
 * from pull requests, as the App itself does when it is installed. A running App takes up new heads
 * within a minute.
 *
 * @param onProgress told what is being done, in a few words
 */
export function learnFromGitHub(
  io: Io,
  name: string,
  onProgress: (text: string) => void,
): Promise<GitHubLearning> {
  return withGitHubHistory(io, name, onProgress, async (history) => {
    const { repository, store } = history;
    const { precision, pull_requests: config } = await history.config();
    const encoder = await startEncoder();
    const context = { store, encoder, learner: createLearner(), precision };
    try {
      const learning = await learnRepository(repository, {
        ...context,
        onProgress: (done, all) => onProgress(`encoding: ${done} of ${all} issues`),
      });
      const pulls = config.enabled
        ? await learnFromPulls(history, { ...context, config }, onProgress)
        : null;
      return { repository, ...learning, pulls };
    } finally {
      await encoder.close();
    }
  });
}

/** Reads what labelled pull requests change and learns from them; says why where it can't. */
async function learnFromPulls(
  history: GitHubHistory,
  context: Omit<Parameters<typeof learnPulls>[1], 'onProgress'>,
  onProgress: (text: string) => void,
): Promise<PullLearning> {
  try {
    await readPulls(history, onProgress);
    return await learnPulls(history.repository, {
      ...context,
      onProgress: (done, all) => onProgress(`encoding: ${done} of ${all} pull requests`),
    });
  } catch (error) {
    if (!(error instanceof RefusedError) && !(error instanceof ModelError)) throw error;
    return { pulls: 0, version: null, inUse: false, because: error.message };
  }
}

import { type Learning, learnRepository } from '../handlers/learn-repository.js';
import { createRepositoryReader } from '../handlers/read-repository.js';
import { createLearner } from '../learning/create-learner.js';
import { startEncoder } from '../models/start-encoder.js';
import { createLogger } from '../telemetry/logger.js';
import type { Io } from './command.js';
import { withGitHubHistory } from './with-github-history.js';

/** What `sentinel learn owner/repo` came to. */
export interface GitHubLearning extends Learning {
  readonly repository: string;
}

/**
 * Reads a repository's history through the API and learns from it into the store, as the App itself
 * does when it is installed. A running App takes up the new head within a minute.
 *
 * @param onProgress told what is being done, in a few words
 */
export function learnFromGitHub(
  io: Io,
  name: string,
  onProgress: (text: string) => void,
): Promise<GitHubLearning> {
  return withGitHubHistory(io, name, onProgress, async ({ repository, installation, store }) => {
    const logger = createLogger('silent');
    const reader = createRepositoryReader({ store, logger });
    const { precision } = await reader.config(installation, repository);
    const encoder = await startEncoder();
    try {
      const learning = await learnRepository(repository, {
        store,
        encoder,
        learner: createLearner(),
        precision,
        onProgress: (done, all) => onProgress(`encoding: ${done} of ${all} issues`),
      });
      return { repository, ...learning };
    } finally {
      await encoder.close();
    }
  });
}

import { setTimeout as sleep } from 'node:timers/promises';
import { readEnvironment } from '../config/environment.js';
import type { RepositoryConfig } from '../config/repository-config.js';
import { connectGitHub, type Installation } from '../github/connect.js';
import { isUnanswered, RateLimitedError } from '../github/github-error.js';
import { readHistory } from '../handlers/read-history.js';
import { readPullHistory } from '../handlers/read-pull-history.js';
import { createRepositoryReader } from '../handlers/read-repository.js';
import type { Store } from '../store/open-store.js';
import { createLogger } from '../telemetry/logger.js';
import { CommandError, EXIT, type Io } from './command.js';
import { unreachable } from './unreachable.js';
import { withStore } from './with-store.js';

/** A repository whose history is in the store up to now. */
export interface GitHubHistory {
  /** As GitHub spells it. */
  readonly repository: string;
  readonly installation: Installation;
  readonly store: Store;
  /** Reads the repository's configuration. */
  config(): Promise<RepositoryConfig>;
}

/** One call at a time, so that each is told. */
const CALLS_AT_ONCE = 50;

/**
 * Reads what is new of a repository's history as the App that the environment names, works with it,
 * and closes everything. Where GitHub asks to wait, it waits; broken off, the next run goes on there.
 *
 * @param onProgress told what is being done, in a few words
 * @throws {CommandError} without credentials, or when GitHub does not answer
 * @throws {RefusedError} when the App is not installed on the repository
 */
export async function withGitHubHistory<T>(
  io: Io,
  name: string,
  onProgress: (text: string) => void,
  work: (history: GitHubHistory) => Promise<T>,
): Promise<T> {
  const { credentials, githubApiUrl } = readEnvironment(io.env);
  if (!credentials) {
    throw new CommandError(
      'There are no credentials: set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET, or give issues with --jsonl.',
    );
  }
  const { appId, privateKey } = credentials;
  const github = connectGitHub({ appId, privateKey, apiUrl: githubApiUrl });
  try {
    const { installation, repository } = await github.installationOf(name);
    return await withStore(io, async (store) => {
      await readWhole(
        (maxCalls) =>
          readHistory(installation, repository, store, {
            maxCalls,
            onProgress: ({ step, issues }) =>
              onProgress(`reading ${step}: ${issues} issues so far`),
          }),
        onProgress,
      );
      const reader = createRepositoryReader({ store, logger: createLogger('silent') });
      const config = () => reader.config(installation, repository);
      return work({ repository, installation, store, config });
    });
  } catch (error) {
    if (!isUnanswered(error)) throw error;
    const { text, advice } = unreachable(githubApiUrl);
    throw new CommandError(`${text}. ${advice}`, EXIT.bad, { cause: error });
  }
}

/** Reads until all is read, so many calls at a time, waiting where GitHub asks to. */
async function readWhole(
  read: (maxCalls: number) => Promise<boolean>,
  onProgress: (text: string) => void,
): Promise<void> {
  while (!(await readOrWait(() => read(CALLS_AT_ONCE), onProgress)));
}

/**
 * Reads what the repository's labelled pull requests change.
 *
 * @throws {RefusedError} when the App may not read pull requests
 */
export function readPulls(
  { repository, installation, store }: GitHubHistory,
  onProgress: (text: string) => void,
): Promise<void> {
  return readWhole(
    (maxCalls) =>
      readPullHistory(installation, repository, store, {
        maxCalls,
        onProgress: (done, all) => onProgress(`reading changes: ${done} of ${all} pull requests`),
      }),
    onProgress,
  );
}

/** Reads on; when GitHub asks to wait, waits and says that there is more. */
async function readOrWait(
  read: () => Promise<boolean>,
  onProgress: (text: string) => void,
): Promise<boolean> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof RateLimitedError)) throw error;
    onProgress(`GitHub's rate limit is reached: waiting until ${error.retryAt.toISOString()}`);
    await sleep(Math.max(0, error.retryAt.getTime() - Date.now()));
    return false;
  }
}

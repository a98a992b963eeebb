import { LRUCache } from 'lru-cache';
import { lastGoodConfig } from '../config/last-good-config.js';
import { type ParsedConfig, parseRepositoryConfig } from '../config/parse-repository-config.js';
import { DEFAULT_REPOSITORY_CONFIG, type RepositoryConfig } from '../config/repository-config.js';
import type { Installation } from '../github/connect.js';
import { readConfigFile } from '../github/read-config-file.js';
import { readRepositoryLabels } from '../github/read-repository-labels.js';
import type { Unreadable } from '../github/read-text-file.js';
import type { Store } from '../store/open-store.js';
import type { Logger } from '../telemetry/logger.js';
import { remember } from './remember.js';

/** Reads what many issues of a repository share, and remembers it for a while. */
export interface RepositoryReader {
  /** The configuration in force: the file's, the last good one, or the defaults. */
  config(installation: Installation, repository: string): Promise<RepositoryConfig>;
  /** Names of all labels of the repository. */
  labels(installation: Installation, repository: string): Promise<readonly string[]>;
  /** Forgets the labels, because one was created. */
  forgetLabels(repository: string): void;
}

export interface RepositoryReaderOptions {
  readonly store: Pick<Store, 'configurations'>;
  readonly logger: Logger;
  /** Milliseconds that a reading holds; a minute when left out. */
  readonly ttlMs?: number;
}

const WHY: Readonly<Record<Unreadable, string>> = {
  forbidden: 'the App may not read it: it lacks the permission "contents: read"',
  'no text': 'is not a text file, or larger than GitHub sends (1 MB)',
};

const DEFAULT_TTL_MS = 60_000;
const REMEMBERED = 500;

/** A reader whose readings hold for a minute, so that a burst of issues costs two calls. */
export function createRepositoryReader(options: RepositoryReaderOptions): RepositoryReader {
  const ttl = options.ttlMs ?? DEFAULT_TTL_MS;
  const configs = new LRUCache<string, Promise<RepositoryConfig>>({ max: REMEMBERED, ttl });
  const labels = new LRUCache<string, Promise<readonly string[]>>({ max: REMEMBERED, ttl });
  return {
    config: (installation, repository) =>
      remember(configs, repository, () => readConfig(installation, repository, options)),
    labels: (installation, repository) =>
      remember(labels, repository, () => readRepositoryLabels(installation, repository)),
    forgetLabels: (repository) => {
      labels.delete(repository);
    },
  };
}

async function readConfig(
  installation: Installation,
  repository: string,
  { store, logger }: RepositoryReaderOptions,
): Promise<RepositoryConfig> {
  const file = await readConfigFile(installation, repository);
  const row = { repository, source: file?.source ?? null, checked_at: Date.now() };
  if (!file) {
    await store.configurations.save({ ...row, good: null, errors: null });
    return DEFAULT_REPOSITORY_CONFIG;
  }
  const { config, errors } =
    file.text === null
      ? unreadable(file.source, file.because)
      : parseRepositoryConfig(file.text, file.source);
  if (config) {
    await store.configurations.save({ ...row, good: JSON.stringify(config), errors: null });
    return config;
  }
  const good = (await store.configurations.find(repository))?.good ?? null;
  await store.configurations.save({ ...row, good, errors: JSON.stringify(errors) });
  const before = lastGoodConfig(good);
  const inForce = before ?? DEFAULT_REPOSITORY_CONFIG;
  logger.warn(
    { repository, errors, mode: inForce.mode },
    `the configuration has errors; ${before ? 'the last good one holds' : 'the defaults hold'}`,
  );
  return inForce;
}

/** What it says is not known, so the last good one holds. */
function unreadable(file: string, because: Unreadable): ParsedConfig {
  return { config: null, errors: [{ file, line: null, key: '', message: WHY[because] }] };
}

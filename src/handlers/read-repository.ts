import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { parseRepositoryConfig } from '../config/parse-repository-config.js';
import {
  DEFAULT_REPOSITORY_CONFIG,
  type RepositoryConfig,
  repositoryConfigSchema,
} from '../config/repository-config.js';
import type { Installation } from '../github/connect.js';
import { readConfigFile } from '../github/read-config-file.js';
import { readRepositoryLabels } from '../github/read-repository-labels.js';
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
  const { config, errors } = parseRepositoryConfig(file.text, file.source);
  if (config) {
    await store.configurations.save({ ...row, good: JSON.stringify(config), errors: null });
    return config;
  }
  const before = await store.configurations.find(repository);
  await store.configurations.save({
    ...row,
    good: before?.good ?? null,
    errors: JSON.stringify(errors),
  });
  logger.warn({ repository, errors }, 'the configuration has errors; the last good one holds');
  return lastGood(before?.good ?? null);
}

/** A stored configuration may come from another version; what no longer fits is not used. */
function lastGood(stored: string | null): RepositoryConfig {
  if (stored === null) {
    return DEFAULT_REPOSITORY_CONFIG;
  }
  return (
    z.preprocess(parseJson, repositoryConfigSchema).safeParse(stored).data ??
    DEFAULT_REPOSITORY_CONFIG
  );
}

function parseJson(text: unknown): unknown {
  return JSON.parse(String(text));
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { labelerFile, labelerWarnings, parseLabelerFile } from '../config/labeler-file.js';
import type { ConfigError, RepositoryConfig } from '../config/repository-config.js';

/** A `labeler.yml` that was checked. */
export interface CheckedLabeler {
  /** Where it is on this machine, named as the configuration was. */
  readonly file: string;
  readonly errors: readonly ConfigError[];
  /** Of one without errors: what says nothing in it. */
  readonly warnings: readonly ConfigError[];
}

/**
 * Checks the `labeler.yml` that a configuration uses, in the checkout that the configuration is in:
 * below the folder above its `.github`, else below its own folder.
 *
 * @returns null where it uses none
 */
export async function checkLabeler(
  configFile: string,
  { pull_requests: own }: Pick<RepositoryConfig, 'pull_requests'>,
): Promise<CheckedLabeler | null> {
  const name = labelerFile(own);
  if (name === null) {
    return null;
  }
  const folder = path.dirname(configFile);
  const inside = path.basename(path.resolve(folder)) === '.github';
  const root = inside ? path.join(folder, '..') : folder;
  const file = path.join(root, name);
  const unread = (why: string): CheckedLabeler => {
    const message = `${why}, and pull_requests.labeler says that it is used`;
    return { file, errors: [{ file, line: null, key: '', message }], warnings: [] };
  };
  if (path.relative(root, file).split(path.sep)[0] === '..') {
    return unread('is outside the repository');
  }
  try {
    const text = await readFile(file, 'utf8');
    const { errors } = parseLabelerFile(text, file);
    return { file, errors, warnings: errors.length === 0 ? labelerWarnings(text, file) : [] };
  } catch (error) {
    return unread(`cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';

const DATA =
  process.env.SENTINEL_DATA ?? fileURLToPath(new URL('../../shared/data', import.meta.url));

/** Issues with their labels that several benches measure on; not part of the project. */
export const ISSUES_FILE = path.join(DATA, 'issues/nlbse24-train.jsonl');

/** Where to get `ISSUES_FILE`, for a bench that does not find it. */
export const ISSUES_ADVICE = `It needs the training part of the NLBSE'24 issue report classification competition, 1,500 labelled issues: put them into SENTINEL_DATA as issues/nlbse24-train.jsonl. training/README.md tells more.`;

/**
 * Ends a bench with one message and exit code 2 where a file that it needs can't be read.
 *
 * @param option how to name another file, e.g. `--issues FILE`
 */
export function needFile(command: Command, file: string, option: string, advice: string): void {
  try {
    // A pipe may be read once only, so nothing is read here.
    if (statSync(file).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    accessSync(file, constants.R_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    command.error(`error: ${file} cannot be read (${code}). ${advice} Another file: ${option}.`, {
      exitCode: 2,
    });
  }
}

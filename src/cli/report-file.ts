import { lstat } from 'node:fs/promises';
import { CommandError, EXIT } from './command.js';
import { tryWholeFile, writeWholeFile } from './whole-file.js';

/**
 * Tries whether a report can be written, so that a wrong path is told before the work and not after.
 *
 * @throws {CommandError} naming the file that cannot be written
 */
export async function checkReportFile(file: string): Promise<void> {
  const there = await lstat(file).catch(() => null);
  if (there?.isDirectory()) throw new CommandError(`${file} is a folder; give --html a file`);
  try {
    await tryWholeFile(file);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/**
 * Writes a report, whole or not at all.
 *
 * @throws {CommandError} naming the file that cannot be written
 */
export async function writeReportFile(file: string, text: string): Promise<void> {
  try {
    await writeWholeFile(file, text);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function unwritable(file: string, cause: unknown): CommandError {
  const { code } = cause as NodeJS.ErrnoException;
  const text = `${file} cannot be written (${code}); give --html another path`;
  return new CommandError(text, EXIT.bad, { cause });
}

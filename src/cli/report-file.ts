import { rename, writeFile } from 'node:fs/promises';
import { CommandError } from './command.js';

/**
 * Writes a report, whole or not at all.
 *
 * @throws {CommandError} naming the file that cannot be written
 */
export async function writeReportFile(file: string, text: string): Promise<void> {
  try {
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(`${file} cannot be written (${code}); give --html another path`, 1, {
      cause: error,
    });
  }
}

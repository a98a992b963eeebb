import { rename, rm, writeFile } from 'node:fs/promises';

/** Tries whether a file can be written whole, and leaves nothing behind. */
export async function tryWholeFile(file: string): Promise<void> {
  await writeFile(`${file}.new`, '');
  await rm(`${file}.new`);
}

/** Writes a file, whole or not at all. */
export async function writeWholeFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

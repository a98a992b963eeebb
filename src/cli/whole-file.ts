import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';

/** Tries whether a file can be written whole, and leaves nothing behind. */
export async function tryWholeFile(file: string): Promise<void> {
  await writeBeside(file, '', (written) => rm(written));
}

/** Writes a file, whole or not at all. */
export async function writeWholeFile(file: string, text: string): Promise<void> {
  await writeBeside(file, text, (written) => rename(written, file));
}

/** By a name that nobody has taken before, so that no file and no link of others is written through. */
async function writeBeside(
  file: string,
  text: string,
  settle: (written: string) => Promise<void>,
): Promise<void> {
  const beside = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    await writeFile(beside, text, { flag: 'wx' });
    await settle(beside);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type Head, headSchema } from '../learning/head.js';
import { CommandError, EXIT } from './command.js';
import { tryWholeFile, writeWholeFile } from './whole-file.js';

const FILE = 'head.json';

/**
 * Makes the folder for a head and tries to write there, so that a wrong name is told before hours of
 * learning and not after.
 *
 * @throws {CommandError} naming the folder that cannot be written
 */
export async function checkHeadFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await tryWholeFile(path.join(directory, FILE));
  } catch (error) {
    throw unwritable(directory, error);
  }
}

/**
 * Writes a head into a folder, whole or not at all.
 *
 * @throws {CommandError} naming the folder that cannot be written
 */
export async function writeHeadFile(directory: string, head: Head): Promise<string> {
  const file = path.join(directory, FILE);
  try {
    await mkdir(directory, { recursive: true });
    await writeWholeFile(file, `${JSON.stringify(head)}\n`);
  } catch (error) {
    throw unwritable(directory, error);
  }
  return file;
}

function unwritable(directory: string, cause: unknown): CommandError {
  const { code } = cause as NodeJS.ErrnoException;
  const what =
    code === 'EEXIST' || code === 'ENOTDIR'
      ? `${directory} is not a folder`
      : `nothing can be written into ${directory} (${code})`;
  return new CommandError(`${what}; give --out another folder`, EXIT.bad, { cause });
}

/**
 * Reads the head in a folder.
 *
 * @throws {CommandError} naming the file that is missing or no head
 */
export async function readHeadFile(directory: string): Promise<Head> {
  const file = path.join(directory, FILE);
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const hint = 'write one with "sentinel learn --jsonl FILE --out DIR"';
    throw new CommandError(`${file} cannot be read (${cause.code}); ${hint}`, 1, { cause });
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CommandError(`${file} is not JSON; learn again`);
  }
  const parsed = headSchema.safeParse(json);
  if (!parsed.success) {
    throw new CommandError(`${file} is no head: ${z.prettifyError(parsed.error)}; learn again`);
  }
  return parsed.data;
}

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type Head, headSchema } from '../learning/head.js';
import { CommandError } from './command.js';

const FILE = 'head.json';

/** Writes a head into a folder, whole or not at all. */
export async function writeHeadFile(directory: string, head: Head): Promise<string> {
  const file = path.join(directory, FILE);
  await mkdir(directory, { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(head)}\n`);
  await rename(`${file}.new`, file);
  return file;
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

import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { asUtf8 } from './as-utf8.js';
import { CommandError, EXIT, type Io } from './command.js';

/**
 * Opens a file, or standard input for `-`.
 *
 * @throws {CommandError} naming the file that cannot be read
 */
export async function openInput(file: string, io: Io): Promise<AsyncIterable<Uint8Array>> {
  if (file === '-') {
    if (io.stdin.isTTY === true) io.stderr.write('Reading from the terminal; end with Ctrl-D.\n');
    return io.stdin;
  }
  await refuseFolder(file);
  const stream = createReadStream(file);
  await new Promise<void>((resolve, reject) => {
    stream.once('ready', resolve);
    stream.once('error', (cause: NodeJS.ErrnoException) => {
      reject(unreadable(file, cause));
    });
  });
  return stream;
}

/**
 * The whole text of a file.
 *
 * @throws {CommandError} naming the file that cannot be read
 */
export async function readText(file: string): Promise<string> {
  await refuseFolder(file);
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(file, cause);
  });
}

/** A folder opens like a file, and only reading fails, without its name. */
async function refuseFolder(file: string): Promise<void> {
  if ((await stat(file).catch(() => null))?.isDirectory()) {
    throw new CommandError(`${file} is a folder; name a file`);
  }
}

function unreadable(file: string, cause: NodeJS.ErrnoException): CommandError {
  return new CommandError(`${file} cannot be read (${cause.code})`, EXIT.bad, { cause });
}

/** What messages and reports call an input. */
export function inputName(file: string): string {
  return file === '-' ? 'standard input' : file;
}

/** The input as text, read no further than the chunk that reaches `limit` bytes of UTF-8. */
export async function readStart(input: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of asUtf8(input)) {
    parts.push(part);
    length += part.length;
    if (length >= limit) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

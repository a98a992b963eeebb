import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
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
  // A folder opens like a file, and only reading fails, without its name.
  if ((await stat(file).catch(() => null))?.isDirectory()) {
    throw new CommandError(`${file} is a folder; name a file`);
  }
  const stream = createReadStream(file);
  await new Promise<void>((resolve, reject) => {
    stream.once('ready', resolve);
    stream.once('error', (cause: NodeJS.ErrnoException) => {
      reject(new CommandError(`${file} cannot be read (${cause.code})`, EXIT.bad, { cause }));
    });
  });
  return stream;
}

/** The input as text, read no further than the chunk that reaches `limit` bytes. */
export async function readStart(input: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of input) {
    parts.push(part);
    length += part.length;
    if (length >= limit) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

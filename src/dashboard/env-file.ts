import { randomBytes } from 'node:crypto';
import { open, readFile, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';

/**
 * Sets variables in a `.env` file and keeps every other line. The file is replaced in one step
 * and readable by its owner only.
 *
 * @throws {Error} when the folder cannot be written, or a value cannot be quoted
 */
export async function updateEnvFile(
  file: string,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const target = await realpath(file).catch(() => path.resolve(file));
  await replaceFile(target, withVariables(await readIfThere(target), variables));
}

/** Fails now rather than after the one-time code is spent, if the file cannot be written. */
export async function checkWritable(file: string): Promise<void> {
  const target = await realpath(file).catch(() => path.resolve(file));
  const probe = temporaryBeside(target);
  await (await open(probe, 'wx', 0o600)).close();
  await rm(probe, { force: true });
}

/**
 * The text of a `.env` file with variables set: an older value, one that spans lines included, is
 * replaced where it stands; a new one goes to the end.
 *
 * @throws {RangeError} for a value that no quotes can hold
 */
export function withVariables(text: string, variables: Readonly<Record<string, string>>): string {
  const waiting = new Map(Object.entries(variables));
  const kept: string[] = [];
  for (const entry of entriesOf(text)) {
    if (entry.key === null || !Object.hasOwn(variables, entry.key)) {
      kept.push(entry.text);
      continue;
    }
    const value = waiting.get(entry.key);
    // Node takes the last of a key set twice, so only one may stay.
    if (value !== undefined) kept.push(assignment(entry.key, value));
    waiting.delete(entry.key);
  }
  if (kept.at(-1) === '') kept.pop();
  for (const [key, value] of waiting) kept.push(assignment(key, value));
  return `${kept.join('\n')}\n`;
}

/** Lines, an assignment whose quotes span several of them as one; `key` is null for the others. */
function entriesOf(text: string): { key: string | null; text: string }[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const entries: { key: string | null; text: string }[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const first = lines[index] ?? '';
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*(["'`]?)(.*)$/.exec(first);
    const quote = match?.[2] ?? '';
    let end = index;
    if (quote !== '' && !match?.[3]?.includes(quote)) {
      const closing = lines.findIndex((line, at) => at > index && line.includes(quote));
      if (closing > 0) end = closing;
    }
    entries.push({ key: match?.[1] ?? null, text: lines.slice(index, end + 1).join('\n') });
    index = end;
  }
  return entries;
}

/** `KEY=value`, quoted so that Node reads the value back as it is. */
function assignment(key: string, value: string): string {
  const text = value.replaceAll('\r\n', '\n').trim();
  const candidates = [
    /^[A-Za-z0-9_./:@+-]+$/.test(text) ? text : null,
    // One line, which more readers of .env files understand than several.
    `"${text.replaceAll('\n', '\\n')}"`,
    `'${text}'`,
    `\`${text}\``,
  ];
  for (const candidate of candidates) {
    if (candidate === null) continue;
    const line = `${key}=${candidate}`;
    const read = parseEnv(`${line}\nSENTINEL_END=1`);
    if (read[key] === text && read.SENTINEL_END === '1') return line;
  }
  throw new RangeError(`The value of ${key} cannot be written to a .env file`);
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

async function replaceFile(target: string, text: string): Promise<void> {
  const temporary = temporaryBeside(target);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function temporaryBeside(target: string): string {
  return path.join(path.dirname(target), `.env.${randomBytes(6).toString('hex')}.tmp`);
}

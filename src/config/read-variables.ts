import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The environment, and a `.env` file for what is not set or empty there. For Sentinel's own settings: a
 * program that is started gets the environment alone, as the file is whoever's the folder is.
 */
export function readVariables(file: string, environment: Variables): Variables {
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const set = Object.entries(environment).filter(([, value]) => value !== '');
  return { ...written, ...Object.fromEntries(set) };
}

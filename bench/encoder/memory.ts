import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SCRIPT = fileURLToPath(new URL('./hold-encoder.ts', import.meta.url));

/** Resident megabytes of a fresh process that holds the encoder. */
export async function measureMemory(): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, SCRIPT]);
  return Number(stdout);
}

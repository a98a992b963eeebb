import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from './github-emulator.js';
import { until } from './run-sentinel.js';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

/** `node dist/main.js` in a process and a folder of its own, ready or not. */
export interface Program {
  readonly url: string;
  readonly pid: number;
  output(): string;
  /** Resolves with the exit code, null after a signal. */
  readonly exited: Promise<number | null>;
  /** Sends a signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
  /** Waits until this path answers with this status; resolves with the answer's text. */
  answers(page: string, status: number): Promise<string>;
}

export interface SpawnOptions {
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where `dist` and `models` are; the checkout unless told. */
  readonly installation?: string;
}

/** Starts the program with nothing in its environment but what is given. */
export async function spawnProgram(options: SpawnOptions): Promise<Program> {
  const port = await findFreePort();
  const { PATH = '', HOME = '' } = process.env;
  const main = path.join(options.installation ?? CHECKOUT, 'dist', 'main.js');
  const child = spawn(process.execPath, [main], {
    cwd: options.folder,
    env: { PATH, HOME, PORT: String(port), ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  let ended = false;
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      ended = true;
      resolve(code);
    });
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    exited,
    async end(signal = 'SIGTERM') {
      if (!ended) child.kill(signal);
      return exited;
    },
    answers(page, status) {
      return until(async () => {
        if (ended) throw new Error(`The program ended:\n${output}`);
        const response = await fetch(url + page).catch(() => undefined);
        const text = await response?.text();
        return response?.status === status ? text : undefined;
      }, `${status} of ${page}`);
    },
  };
}

/** A folder that is removed at the end. */
export function temporaryFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-program-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Copies what is needed to run, so that its model can be damaged. */
export function copyInstallation(folder: string): { readonly modelFile: string } {
  for (const name of ['dist', 'models', 'package.json']) {
    cpSync(path.join(CHECKOUT, name), path.join(folder, name), { recursive: true });
  }
  symlinkSync(path.join(CHECKOUT, 'node_modules'), path.join(folder, 'node_modules'));
  return {
    modelFile: path.join(folder, 'models', 'issue-encoder', 'onnx', 'model_quantized.onnx'),
  };
}

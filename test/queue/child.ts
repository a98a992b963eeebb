import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

export interface Child {
  /** What it wrote so far. */
  readonly lines: readonly string[];
  /** Waits until it wrote what satisfies the condition. */
  until(condition: (lines: readonly string[]) => boolean): Promise<void>;
  /** Ends it without any chance to clean up. */
  kill(): Promise<void>;
}

/** Runs a TypeScript file of this folder in a process of its own. */
export function startChild(file: string, ...childArguments: string[]): Child {
  const script = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...childArguments], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const errors: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  child.stderr.on('data', (chunk) => errors.push(String(chunk)));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    lines,
    until: (condition) =>
      vi.waitFor(
        () => {
          if (child.exitCode !== null && child.exitCode !== 0) throw new Error(errors.join(''));
          if (!condition(lines)) throw new Error(`not yet: ${lines.join(', ')} ${errors.join('')}`);
        },
        { timeout: 25_000, interval: 20 },
      ),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

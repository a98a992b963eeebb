import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFreePort } from './find-free-port.js';

/** The real app, running in a process of its own. */
export interface RunningApp {
  /** E.g. `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly webhookUrl: string;
  readonly pid: number;
  /** Where its database lies; give it to the next `startApp` to go on where this one stopped. */
  readonly dataDirectory: string;
  /** The end of what it has printed, standard output and error together. */
  output(): string;
  /** Resolves with the exit code once it has ended, null after a signal. */
  readonly exited: Promise<number | null>;
  /** Asks it to stop, and ends it when it takes longer than ten seconds. A temporary data directory goes too. */
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
}

export interface StartAppOptions {
  readonly github: {
    readonly url: string;
    readonly appId: string;
    readonly privateKey: string;
    readonly webhookSecret: string;
  };
  /** Any free port unless told. */
  readonly port?: number;
  /** Unless told a fresh one, which is removed on `stop` and when this process exits. */
  readonly dataDirectory?: string;
  /** More environment, or other values for what is set here. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Path under which the app takes webhooks. */
export const WEBHOOK_PATH = '/api/github/webhooks';

const PROGRAM = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 10_000;
const KEPT_OUTPUT = 64 * 1024;
/** What a child needs of its parent's environment on the systems Node runs on. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG', 'TZ'];

/**
 * Starts `node dist/main.js` against a GitHub and waits until it is ready for webhooks.
 *
 * @example
 * const port = await findFreePort();
 * const github = await startGitHub({ appWebhookUrl: webhookUrlAt(port), … });
 * const app = await startApp({ github, port });
 * await app.kill();
 * const again = await startApp({ github, port, dataDirectory: app.dataDirectory });
 */
export async function startApp(options: StartAppOptions): Promise<RunningApp> {
  if (!existsSync(PROGRAM)) throw new Error('dist/main.js is not there yet: run `npm run build`');
  const port = options.port ?? (await findFreePort());
  const dataDirectory = options.dataDirectory ?? (await makeTemporary());
  const child = spawn(process.execPath, [PROGRAM], {
    // Away from the checkout, whose .env may hold the credentials of a real App.
    cwd: dataDirectory,
    env: { ...inherited(), ...appEnvironment(options, port, dataDirectory) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const app = watch(child, port, dataDirectory);
  try {
    await ready(app);
  } catch (error) {
    await app.stop();
    throw error;
  }
  return app;
}

/** Data directories made here, which nobody needs after this process. */
const temporary = new Set<string>();
process.once('exit', () => {
  for (const directory of temporary) removeTemporary(directory);
});

async function makeTemporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'sentinel-demo-'));
  temporary.add(directory);
  return directory;
}

function removeTemporary(directory: string): void {
  if (temporary.delete(directory)) rmSync(directory, { recursive: true, force: true });
}

/** Where an app on this port takes webhooks. */
export function webhookUrlAt(port: number): string {
  return `http://127.0.0.1:${port}${WEBHOOK_PATH}`;
}

function inherited(): Record<string, string> {
  const present = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(present);
}

function appEnvironment(
  { github, environment }: StartAppOptions,
  port: number,
  dataDirectory: string,
): Record<string, string> {
  return {
    APP_ID: github.appId,
    PRIVATE_KEY: github.privateKey,
    WEBHOOK_SECRET: github.webhookSecret,
    GITHUB_API_URL: github.url,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: `sqlite:${join(dataDirectory, 'sentinel.sqlite')}`,
    LOG_LEVEL: 'warn',
    DASHBOARD: 'open',
    ...environment,
  };
}

function watch(child: ChildProcess, port: number, dataDirectory: string): RunningApp {
  let output = '';
  let ended = false;
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const end = (): boolean => child.kill('SIGKILL');
  process.once('exit', end);
  const exited = new Promise<number | null>((resolve) => {
    child.once('error', (error) => keep(Buffer.from(error.message)));
    child.once('close', (code) => {
      ended = true;
      process.off('exit', end);
      resolve(code);
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    webhookUrl: webhookUrlAt(port),
    pid: child.pid ?? 0,
    dataDirectory,
    output: () => output,
    exited,
    async stop() {
      if (!ended) child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN_MS);
      await exited;
      clearTimeout(timer);
      removeTemporary(dataDirectory);
    },
    async kill() {
      if (!ended) child.kill('SIGKILL');
      await exited;
    },
  };
}

async function ready(app: RunningApp): Promise<void> {
  let exit: number | null | undefined;
  app.exited.then((code) => {
    exit = code;
  });
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    if (exit !== undefined) {
      throw new Error(`The app ended (${exit ?? 'signal'}) before it was ready:\n${app.output()}`);
    }
    if (await answersReady(app.url)) return;
    await wait(50);
  }
  throw new Error(`The app was not ready after ${READY_WITHIN_MS / 1000} s:\n${app.output()}`);
}

async function answersReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { describe } from 'vitest';

/** A PostgreSQL server of the tests' own, in a temporary folder. */
export interface TestPostgres {
  /** Creates an empty database and returns its URL. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Where the server's programs are, or why the tests that need them are skipped. */
type PostgresPrograms = { readonly folder: string } | { readonly missing: string };

/** Looks in Debian's folders, then where `pg_config` says, then in `PATH`. */
function findPostgres(): PostgresPrograms {
  const folders = [...debianFolders(), ...pgConfigFolder(), ...(process.env.PATH ?? '').split(':')];
  const folder = folders.find((candidate) =>
    ['initdb', 'postgres'].every((program) => existsSync(path.join(candidate, program))),
  );
  if (folder === undefined) return { missing: 'PostgreSQL is not installed' };
  if (process.getuid?.() === 0 && (!hasPostgresUser() || !hasRunuser())) {
    return { missing: 'PostgreSQL refuses to run as root, and there is no user postgres to be' };
  }
  return { folder };
}

/** Defines tests that need a server's programs, or says why they are skipped. */
export function describeWithPostgres(what: string, define: () => void): void {
  const programs = findPostgres();
  if ('missing' in programs) describe.skip(`${what} (skipped: ${programs.missing})`, define);
  else describe(what, define);
}

/** Starts a server on a free port of 127.0.0.1. It doesn't sync to disk: only processes crash here. */
export async function startPostgres(): Promise<TestPostgres> {
  const programs = findPostgres();
  if ('missing' in programs) throw new Error(programs.missing);
  const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-postgres-'));
  const data = path.join(folder, 'data');
  if (process.getuid?.() === 0) execFileSync('chown', ['postgres', folder]);
  const [initdb, ...initdbArguments] = asPostgres([
    path.join(programs.folder, 'initdb'),
    ...['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
  ]);
  execFileSync(initdb, initdbArguments, { stdio: 'pipe', cwd: folder });
  const port = await freePort();
  const [postgres, ...postgresArguments] = asPostgres([
    path.join(programs.folder, 'postgres'),
    ...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder],
    ...['-c', 'fsync=off', '-c', 'shared_buffers=16MB', '-c', 'max_connections=100'],
  ]);
  const server = spawn(postgres, postgresArguments, { stdio: 'ignore', cwd: folder });
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = (database: string) => `postgres://postgres:secret@127.0.0.1:${port}/${database}`;
  await accepting(url('postgres'), () => server.exitCode !== null);
  let databases = 0;
  return {
    async createDatabase() {
      const name = `test_${++databases}`;
      await query(url('postgres'), `create database ${name}`);
      return url(name);
    },
    async stop() {
      // SIGINT is a fast shutdown: it ends the sessions instead of waiting for them.
      process.kill(serverPid(data) ?? server.pid ?? 0, 'SIGINT');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function debianFolders(): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => path.join(root, version, 'bin'));
}

function pgConfigFolder(): string[] {
  try {
    return [execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: 'pipe' }).trim()];
  } catch {
    return [];
  }
}

function hasPostgresUser(): boolean {
  try {
    execFileSync('id', ['postgres'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function hasRunuser(): boolean {
  return ['/usr/sbin/runuser', '/sbin/runuser'].some((file) => existsSync(file));
}

function asPostgres(command: [string, ...string[]]): [string, ...string[]] {
  if (process.getuid?.() !== 0) return command;
  return ['runuser', '-u', 'postgres', '--', ...command];
}

/** The server's own pid: what was spawned may be `runuser` around it. */
function serverPid(data: string): number | undefined {
  try {
    const pid = execFileSync('head', ['-n', '1', path.join(data, 'postmaster.pid')], {
      encoding: 'utf8',
    });
    return Number(pid.trim()) || undefined;
  } catch {
    return undefined;
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function accepting(url: string, hasExited: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return await query(url, 'select 1');
    } catch (error) {
      if (hasExited() || Date.now() > deadline) throw error;
    }
    await sleep(50);
  }
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(text);
  } finally {
    await client.end();
  }
}

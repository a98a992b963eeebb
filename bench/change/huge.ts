import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseDiff } from '../../src/triage/parse-diff.js';
import { hugeDiff } from './huge-change.js';

/** How a change of 3,000 files and about 20 MB is taken. */
export interface HugeFigures {
  readonly megabytes: number;
  readonly files: number;
  /** Milliseconds for a whole diff's text: the command line's way. */
  readonly parseMs: number;
  /** The App's way, in a process that does nothing else. */
  readonly handled: HandledFigures;
}

/** What `handle-change.ts` prints. */
export interface HandledFigures {
  /** Milliseconds from the first call to the plan, time for the answers included. */
  readonly ms: number;
  /** The longest that the event loop stood still, and its 99th percentile, in milliseconds. */
  readonly loop: { readonly max: number; readonly p99: number };
  /** The same while the process only waits: what the machine does to it. */
  readonly idle: { readonly max: number; readonly p99: number };
  /** The longest that the event loop's thread computed in one turn; null where it is not known. */
  readonly turnMs: number | null;
  /** Growth of the process's peak memory. */
  readonly extraMegabytes: number;
}

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const SERVER = script('./serve-change.ts');
const PROGRAM = script('./handle-change.ts');
const WITH_TSX = ['--import', 'tsx'];

/** Takes the huge change in both ways. */
export async function measureHuge(): Promise<HugeFigures> {
  const handled = await measureHandling();
  const text = hugeDiff();
  const start = performance.now();
  const files = parseDiff(text).length;
  const parseMs = performance.now() - start;
  return { megabytes: text.length / 1e6, files, parseMs, handled };
}

async function measureHandling(): Promise<HandledFigures> {
  const server = spawn(process.execPath, [...WITH_TSX, SERVER], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [address] = (await once(server.stdout, 'data')) as [Buffer];
    const words = [...WITH_TSX, PROGRAM, address.toString('utf8').trim()];
    const { stdout } = await promisify(execFile)(process.execPath, words);
    return JSON.parse(stdout) as HandledFigures;
  } finally {
    server.stdin.end();
  }
}

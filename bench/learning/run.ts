/**
 * How long learning takes and how much memory: 1,000 real issues with the encoder's pass and from
 * remembered encodings, and 10,000 made-up issues with 20 labels from made-up encodings. Each in a
 * process of its own, so that memory is its own.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Command, InvalidArgumentError } from 'commander';
import { ISSUES_ADVICE, ISSUES_FILE, needFile } from '../data-file.js';
import type { LearningFigures } from './figures.js';

const REAL = fileURLToPath(new URL('./learn-real.ts', import.meta.url));
const MADE_UP = fileURLToPath(new URL('./learn-made-up.ts', import.meta.url));

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 100)
    throw new InvalidArgumentError('must be 100 or more');
  return value;
}

const command = new Command('bench:learning')
  .description('Time and memory of learning a repository')
  .option('--issues <file>', 'labelled issues, JSON Lines', ISSUES_FILE)
  .option('--count <n>', 'of them to learn from', count, 1000)
  .option('--many <n>', 'made-up issues to learn from', count, 10_000)
  .option('--json', 'print one JSON object instead of a table')
  .parse();
const options = command.opts<{ issues: string; count: number; many: number; json?: boolean }>();
needFile(command, options.issues, '--issues FILE', ISSUES_ADVICE);

async function measure(script: string, ...args: string[]): Promise<LearningFigures[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...process.execArgv,
    script,
    ...args,
  ]);
  return JSON.parse(stdout) as LearningFigures[];
}

const rows = [
  ...(await measure(REAL, options.issues, String(options.count))),
  ...(await measure(MADE_UP, String(options.many))),
];
if (options.json) {
  console.log(JSON.stringify(rows, null, 2));
} else {
  console.table(
    Object.fromEntries(
      rows.map(({ name, issues, labels, seconds, cpuSeconds, peakMB }) => [
        name,
        {
          issues,
          labels,
          seconds: Number(seconds.toFixed(2)),
          'CPU seconds': Number(cpuSeconds.toFixed(2)),
          'peak MB': Math.round(peakMB),
        },
      ]),
    ),
  );
}

/**
 * How fast the issue encoder is, beside its fp32 twin and the plain transformers.js pipeline, all
 * on one thread, taking turns issue by issue so that a busy machine slows all alike.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { loadEncoderSession } from '../../src/models/encoder-session.js';
import { ISSUE_ENCODER } from '../../src/models/model-kind.js';
import { prepareIssue } from '../../src/triage/prepare-issue.js';
import { ISSUES_ADVICE, ISSUES_FILE, needFile } from '../data-file.js';
import { measureAccuracy } from './accuracy.js';
import { dequantize } from './dequantize.js';
import { type BenchIssue, readIssues, sample } from './issues.js';
import { measureMemory } from './memory.js';
import { loadPipeline } from './pipeline.js';

const WARM_UP = 5;

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('must be 1 or more');
  return value;
}

const command = new Command('bench:encoder')
  .description('Throughput, latency, memory and accuracy of the issue encoder on one thread')
  .option('--issues <file>', 'labelled issues, JSON Lines', ISSUES_FILE)
  .option('--count <n>', 'issues to time', count, 300)
  .option('--fp32 <file>', 'the fp32 export; made from the int8 weights when left out')
  .option('--json', 'print one JSON object instead of a table')
  .parse();
const options = command.opts<{ issues: string; count: number; fp32?: string; json?: boolean }>();
needFile(command, options.issues, '--issues FILE', ISSUES_ADVICE);

interface Variant {
  readonly name: string;
  run(issue: BenchIssue): Promise<unknown>;
  readonly times: number[];
}

const temporary = mkdtempSync(path.join(tmpdir(), 'sentinel-bench-'));
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));

function fp32File(): string {
  if (options.fp32) return options.fp32;
  const file = path.join(temporary, 'fp32.onnx');
  writeFileSync(
    file,
    dequantize(readFileSync(path.join(ISSUE_ENCODER.directory, 'onnx/model_quantized.onnx'))),
  );
  return file;
}

const issues = readIssues(options.issues);
const int8 = await loadEncoderSession(ISSUE_ENCODER, 1);
const fp32 = await loadEncoderSession(ISSUE_ENCODER, 1, fp32File());
const plain = await loadPipeline(ISSUE_ENCODER.directory);

const variants: Variant[] = [
  { name: 'int8', run: (issue) => int8.encode(prepareIssue(issue)), times: [] },
  { name: 'fp32', run: (issue) => fp32.encode(prepareIssue(issue)), times: [] },
  { name: 'pipeline', run: (issue) => plain(`${issue.title}\n${issue.body}`), times: [] },
  { name: 'pipeline on prepared text', run: (issue) => plain(prepareIssue(issue)), times: [] },
];

const timed = sample(issues, options.count);
for (const [turn, issue] of [...timed.slice(0, WARM_UP), ...timed].entries()) {
  for (const variant of variants) {
    const start = performance.now();
    await variant.run(issue);
    if (turn >= WARM_UP) variant.times.push(performance.now() - start);
  }
}

const rows = variants.map(({ name, times }) => {
  const sorted = times.toSorted((a, b) => a - b);
  const total = times.reduce((sum, time) => sum + time, 0);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { name, perSecond: (1000 * times.length) / total, p50: at(0.5), p95: at(0.95) };
});
const speed = (name: string) => rows.find((row) => row.name === name)?.perSecond ?? Number.NaN;
const result = {
  issues: timed.length,
  fp32: options.fp32 ? 'export' : 'int8 weights, dequantized',
  rows,
  int8OverFp32: speed('int8') / speed('fp32'),
  int8OverPipeline: speed('int8') / speed('pipeline'),
  accuracy: await measureAccuracy(issues, { int8, fp32 }),
  memory: await measureMemory(),
};

if (options.json) {
  console.log(JSON.stringify(result, null, 2));
} else {
  console.table(
    rows.map((row) => ({
      variant: row.name,
      'issues/s': row.perSecond.toFixed(1),
      'p50 ms': row.p50.toFixed(1),
      'p95 ms': row.p95.toFixed(1),
    })),
  );
  console.log(`fp32 twin: ${result.fp32}; ${result.issues} issues, one thread`);
  console.log(`int8 / fp32:     ${result.int8OverFp32.toFixed(2)} (wanted: 1.8 or more)`);
  console.log(`int8 / pipeline: ${result.int8OverPipeline.toFixed(2)} (wanted: 1.5 or more)`);
  console.log(`development split: ${JSON.stringify(result.accuracy)}`);
  console.log(`memory with the encoder loaded: ${result.memory.toFixed(0)} MB`);
}

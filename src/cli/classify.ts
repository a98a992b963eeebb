import { Command } from 'commander';
import type { ReadyHead } from '../learning/score-with-head.js';
import type { Classifier } from '../models/encoder.js';
import { startEncoder } from '../models/start-encoder.js';
import { ISSUE_CLASSES } from '../triage/plan.js';
import { classifyLines } from './classify-lines.js';
import {
  type Classification,
  classifyText,
  parseIssueMarkdown,
  roundScores,
} from './classify-text.js';
import { classifyWithHead, headFor } from './classify-with-head.js';
import { colours } from './colours.js';
import { CommandError, type CommandFactory, EXIT, type ExitCode, type Io } from './command.js';
import { describeLabels } from './describe-labels.js';
import { openInput, readStart } from './input.js';
import { parseCount } from './parse-count.js';
import { writeJson, writeLine } from './write-line.js';

/** More than the preparation ever reads of an issue. */
const MAX_ISSUE_BYTES = 1024 * 1024;

interface Options {
  readonly jsonl?: boolean;
  readonly json?: boolean;
  readonly model?: string;
  readonly head?: string;
  readonly threads: number;
}

/** `sentinel classify [FILE]` */
export const classifyCommand: CommandFactory = (io, done) =>
  new Command()
    .argument('[file]', 'issue as Markdown, title on the first line; - for standard input', '-')
    .option('--jsonl', 'many issues: a line {"title","body","repo"?} in, a line of scores out')
    .option('--json', 'print JSON')
    .option('--model <folder>', 'model folder with manifest.json')
    .option('--head <folder>', "a repository's own labels: what sentinel learn --out wrote")
    .option('--threads <n>', 'threads inside one inference', parseCount(1, 64), 1)
    .action(async (file: string, options: Options) => {
      // Opened before the model is loaded: a wrong name is told at once.
      const input = await openInput(file, io);
      const encoder = await startEncoder({
        threads: options.threads,
        ...(options.model === undefined ? {} : { modelDirectory: options.model }),
      });
      try {
        const head = options.head === undefined ? null : await headFor(encoder, options.head);
        const classify = options.jsonl ? classifyBatch : classifyOne;
        done(await classify(encoder, head, input, io, options));
      } finally {
        await encoder.close();
      }
    });

async function classifyBatch(
  encoder: Classifier,
  head: ReadyHead | null,
  input: AsyncIterable<Uint8Array>,
  io: Io,
): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  for await (const { json, failed } of classifyLines(encoder, input, head)) {
    if (failed) code = EXIT.bad;
    await writeLine(io.stdout, json);
  }
  return code;
}

async function classifyOne(
  encoder: Classifier,
  head: ReadyHead | null,
  input: AsyncIterable<Uint8Array>,
  io: Io,
  options: Options,
): Promise<ExitCode> {
  const issue = parseIssueMarkdown(await readStart(input, MAX_ISSUE_BYTES));
  if (issue === null) throw new CommandError('The issue is empty: its first line is the title');
  const model = `${encoder.manifest.name} ${encoder.manifest.version}`;
  if (head !== null) {
    const result = await classifyWithHead(encoder, head, issue);
    if (options.json) await writeJson(io.stdout, result);
    else await writeLine(io.stdout, describeLabels(result, head.head, model, io.colour));
    return EXIT.ok;
  }
  const result = await classifyText(encoder, issue);
  if (options.json) {
    const scores = roundScores(result.scores);
    await writeJson(io.stdout, { ...result, scores, model });
  } else {
    await writeLine(io.stdout, describe(result, model, io.colour));
  }
  return EXIT.ok;
}

function describe(result: Classification, model: string, colour: boolean): string {
  const paint = colours(colour);
  const head = result.label === null ? paint.yellow('not sure') : paint.green(result.label);
  const bars = ISSUE_CLASSES.map((name) => {
    const share = Math.floor(result.scores[name] * 1000 + 1e-6) / 10;
    const bar = '█'.repeat(Math.round(share / 5));
    return `  ${name.padEnd(9)} ${`${share.toFixed(1)} %`.padStart(7)}  ${paint.dim(bar)}`.trimEnd();
  });
  const reasons = result.reasons.map((reason) => reason.text);
  return [paint.bold(head), ...bars, ...reasons, paint.dim(`${model}, ${result.ms} ms`)].join('\n');
}

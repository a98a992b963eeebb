import { Command } from 'commander';
import type { Encoder } from '../models/encoder.js';
import { CHANGE_ENCODER, type ChangeLabel } from '../models/model-kind.js';
import { startModel } from '../models/start-encoder.js';
import { assessChange } from '../triage/assess-change.js';
import { attributeChange } from '../triage/attribute-change.js';
import { DEFAULT_SIZE_THRESHOLDS } from '../triage/change-size.js';
import type { ChangedFile } from '../triage/changed-file.js';
import { parseDiff } from '../triage/parse-diff.js';
import { chooseType } from '../triage/score-change.js';
import { isReadFromWords } from '../triage/word-diff.js';
import { roundTypeScores, scoreFiles } from './classify-change.js';
import { classifyDiffLines } from './classify-diff-lines.js';
import { colours } from './colours.js';
import { CommandError, type CommandFactory, EXIT, type ExitCode, type Io } from './command.js';
import { describeChange } from './describe-change.js';
import { openInput, readStart } from './input.js';
import { parseCount } from './parse-count.js';
import { printable, writeJson, writeLine } from './write-line.js';

/** More of a diff adds nothing to the answer. */
const MAX_DIFF_BYTES = 64 * 1024 * 1024;

interface Options {
  readonly title?: string;
  readonly why?: boolean;
  readonly jsonl?: boolean;
  readonly json?: boolean;
  readonly model?: string;
  readonly threads: number;
}

const HELP = `
Examples:
  git diff main | sentinel classify-diff --title "Open doors by key"
  sentinel classify-diff --why change.patch

The types are those of Conventional Commits: feat, fix, docs, style, refactor, perf, test, build, ci,
chore. A type that stands in the title is not read by the model.`;

/** `sentinel classify-diff [FILE]` */
export const classifyDiffCommand: CommandFactory = (io, done) =>
  new Command()
    .argument('[file]', 'unified diff; - for standard input', '-')
    .option('--title <text>', 'title of the change')
    .option('--why', 'show the parts that counted; asks the model up to twelve times more')
    .option('--jsonl', 'many changes: a line {"title"?,"diff"} in, a line of scores out')
    .option('--json', 'print JSON')
    .option('--model <folder>', 'model folder with manifest.json')
    .option('--threads <n>', 'threads inside one inference', parseCount(1, 64), 1)
    .addHelpText('after', HELP)
    .action(async (file: string, options: Options) => {
      if (options.jsonl && (options.title !== undefined || options.why)) {
        const message =
          'With --jsonl each line has its own title and nothing is explained: leave --title and --why out';
        throw new CommandError(message, EXIT.usage);
      }
      // Opened before the model is loaded: a wrong name is told at once.
      const input = await openInput(file, io);
      const encoder = await startModel(CHANGE_ENCODER, {
        threads: options.threads,
        ...(options.model === undefined ? {} : { modelDirectory: options.model }),
      });
      try {
        const classify = options.jsonl ? classifyBatch : classifyOne;
        done(await classify(encoder, input, io, options));
      } finally {
        await encoder.close();
      }
    });

async function classifyBatch(
  encoder: Encoder<ChangeLabel>,
  input: AsyncIterable<Uint8Array>,
  io: Io,
): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  for await (const { json, failed } of classifyDiffLines(encoder, input)) {
    if (failed) code = EXIT.bad;
    await writeLine(io.stdout, json);
  }
  return code;
}

/** What to say of files with other lines than their hunks promise. */
function shortNote(paths: readonly string[]): string {
  return `Lines are missing of ${firstOf(paths)}: the diff was cut short, or edited.`;
}

/** What to say of files that stand there more than once. */
function repeatedNote(paths: readonly string[]): string {
  return `Several changes of ${firstOf(paths)}, as in a series of commits: the lines of each count.`;
}

function firstOf(paths: readonly string[]): string {
  const [first = ''] = paths;
  return `${printable(first)}${paths.length > 1 ? ` and ${paths.length - 1} more` : ''}`;
}

/** Paths of files that stand in a diff again, each once. */
function repeatedPaths(files: readonly ChangedFile[]): string[] {
  const seen = new Set<string>();
  const again = files.filter(({ path }) => seen.has(path) || !seen.add(path));
  return [...new Set(again.map(({ path }) => path))];
}

/** Marks the files of an input that was not read to its end. */
function wholeOrCut(files: readonly ChangedFile[], text: string): readonly ChangedFile[] {
  const whole = Buffer.byteLength(text) < MAX_DIFF_BYTES;
  return whole ? files : files.map((file) => ({ ...file, cut: true }));
}

async function classifyOne(
  encoder: Encoder<ChangeLabel>,
  input: AsyncIterable<Uint8Array>,
  io: Io,
  { title = '', why = false, json = false }: Options,
): Promise<ExitCode> {
  const text = await readStart(input, MAX_DIFF_BYTES);
  const began = performance.now();
  const read = parseDiff(text);
  if (isReadFromWords(read, text)) {
    throw new CommandError(
      'The diff was written with --word-diff: whole lines are wanted, without it',
    );
  }
  const files = wholeOrCut(read, text);
  if (files.length === 0) {
    throw new CommandError(
      'The input has no changed file: a unified diff is wanted, as git diff --no-color prints',
    );
  }
  const short = files.filter(({ cut }) => cut).map(({ path }) => path);
  if (short.length > 0) io.stderr.write(`${shortNote(short)}\n`);
  const repeated = repeatedPaths(files);
  if (repeated.length > 0) io.stderr.write(`${repeatedNote(repeated)}\n`);
  const { scores, ms } = await scoreFiles(encoder, { title, files }, began);
  const { thresholds, name, version } = encoder.manifest;
  const sizes = DEFAULT_SIZE_THRESHOLDS;
  const rest = { body: null, sizes, conventional: true, hasTests: false };
  const assessment = assessChange({ title, files, scores, thresholds, ...rest });
  const { likeliest } = chooseType(scores, thresholds);
  const ask = async (part: readonly ChangedFile[]) =>
    (await scoreFiles(encoder, { title, files: part })).scores[likeliest];
  const because = why ? await attributeChange(files, ask) : null;
  const model = `${name} ${version}`;
  if (json) {
    const { type, typeFrom, modelType, ...said } = assessment;
    const decided = { type, typeFrom, modelType, scores: roundTypeScores(scores) };
    const found = { ...decided, ...said, cut: short, because, ms, model };
    await writeJson(io.stdout, found);
  } else {
    const described = describeChange({ assessment, scores, because }, io.colour);
    await writeLine(io.stdout, `${described}\n${colours(io.colour).dim(`${model}, ${ms} ms`)}`);
  }
  return EXIT.ok;
}

/**
 * How well and how fast the change encoder reads changes of repositories you name, on one thread,
 * beside its linear part alone and rules that see only paths. Name repositories that the model was
 * not trained on: `change-commits.tsv` and `more-change-commits.tsv` in `training/data` list those it was.
 */
import { Command } from 'commander';
import { loadEncoderSession } from '../../src/models/encoder-session.js';
import { loadLinearModel } from '../../src/models/linear-model.js';
import { CHANGE_ENCODER } from '../../src/models/model-kind.js';
import { changeInput } from '../../src/triage/change-input.js';
import { CHANGE_TYPES, type ChangeType } from '../../src/triage/changed-file.js';
import { chooseType, scoreChange } from '../../src/triage/score-change.js';
import { readTypedChanges, type TypedChange, unreadable } from './commits.js';
import { measureHuge } from './huge.js';
import { typeByPaths } from './path-rules.js';
import { type Figures, scoreGuesses } from './score-guesses.js';

const command = new Command('bench:change')
  .description('Accuracy, coverage and latency of the change encoder on one thread')
  .requiredOption('--repository <folders...>', 'git repositories with conventional commits')
  .option('--count <n>', 'commits of each', Number, 150)
  .option('--json', 'print one JSON object instead of a table')
  .parse();
const options = command.opts<{ repository: string[]; count: number; json?: boolean }>();

const session = await loadEncoderSession(CHANGE_ENCODER, 1);
const { temperature, thresholds, linear: settings } = session.manifest;
const linear = settings
  ? await loadLinearModel(CHANGE_ENCODER.directory, { ...settings, weight: 0 })
  : null;
const read = (folder: string) =>
  readTypedChanges(folder, options.count).catch((error) =>
    command.error(unreadable(folder, error), { exitCode: 2 }),
  );
const changes = (await Promise.all(options.repository.map(read))).flat();
const truths = changes.map(({ type }) => type);
const times: number[] = [];

interface Answered {
  readonly both: Figures;
  readonly linear: Figures | null;
  readonly coverage: number;
  readonly precision: number;
}

const likeliest = (logits: readonly number[]): ChangeType =>
  chooseType(scoreChange(logits, temperature), thresholds).likeliest;

/** Asks for every change and compares with what its author said. */
async function answer(titleOf: (change: TypedChange) => string): Promise<Answered> {
  const both: ChangeType[] = [];
  const alone: ChangeType[] = [];
  const chosen: (ChangeType | null)[] = [];
  for (const change of changes) {
    const start = performance.now();
    const { text, features } = changeInput({ title: titleOf(change), files: change.files });
    const { logits } = await session.encode(text, features);
    const choice = chooseType(scoreChange(logits, temperature), thresholds);
    times.push(performance.now() - start);
    both.push(choice.likeliest);
    chosen.push(choice.type);
    const nothing = CHANGE_TYPES.map(() => 0);
    if (linear) alone.push(likeliest(linear.blend(nothing, temperature, features)));
  }
  const acted = chosen.flatMap((type, i) => (type === null ? [] : [type === truths[i]]));
  return {
    both: scoreGuesses(truths, both),
    linear: linear ? scoreGuesses(truths, alone) : null,
    coverage: acted.length / truths.length,
    precision: acted.filter(Boolean).length / Math.max(1, acted.length),
  };
}

const titled = await answer(({ title }) => title);
const untitled = await answer(() => '');
const paths = scoreGuesses(
  truths,
  changes.map(({ files }) => typeByPaths(files)),
);
const sorted = times.toSorted((a, b) => a - b);
const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
const result = {
  changes: changes.length,
  repositories: options.repository.length,
  titled,
  untitled,
  paths,
  p50: at(0.5),
  p95: at(0.95),
  huge: await measureHuge(),
};

if (options.json) {
  console.log(JSON.stringify(result, null, 2));
} else {
  const row = (name: string, figures: Figures | null) => ({
    '': name,
    accuracy: figures?.accuracy.toFixed(3),
    'macro-F1': figures?.macroF1.toFixed(3),
  });
  console.table([
    row('with titles', titled.both),
    row('linear part alone, with titles', titled.linear),
    row('diff alone', untitled.both),
    row('linear part alone, diff alone', untitled.linear),
    row('paths only', paths),
  ]);
  const share = (value: number) => `${(100 * value).toFixed(1)} %`;
  console.log(`${result.changes} changes of ${result.repositories} repositories, one thread`);
  for (const [name, { coverage, precision }] of Object.entries({ titled, untitled })) {
    console.log(`${name}: acts on ${share(coverage)}, right in ${share(precision)}`);
  }
  console.log(`p50 ${result.p50.toFixed(1)} ms, p95 ${result.p95.toFixed(1)} ms a change`);
  console.log(`huge diff: ${JSON.stringify(result.huge)}`);
}

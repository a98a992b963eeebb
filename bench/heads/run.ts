/**
 * What heads are worth: each repository of a file is learned from the oldest 80 % of each label, as
 * `sentinel learn` does, and judged on the newest 20 %, without the issues that the encoder was
 * trained on.
 */
import { Command } from 'commander';
import type { Example, LabelledIssue } from '../../src/learning/labelled-issue.js';
import { NothingToLearnError } from '../../src/learning/learn-head.js';
import { readTrainingIssues } from '../../src/learning/training-issues.js';
import { ISSUE_ENCODER } from '../../src/models/model-kind.js';
import { startEncoder } from '../../src/models/start-encoder.js';
import { prepareIssue } from '../../src/triage/prepare-issue.js';
import { ISSUES_ADVICE, ISSUES_FILE, needFile } from '../data-file.js';
import { learnBuilt } from '../learning/learn-built.js';
import { type HeadFigures, judgeHead } from './judge-head.js';
import { readRepositories, splitByTime } from './read-repositories.js';
import { reportHeads } from './report-heads.js';

const ENCODER_WORKER = new URL('../../dist/models/encoder-worker.js', import.meta.url);

const command = new Command('bench:heads')
  .description('Learned heads against what is simpler, on issues later than those learned from')
  .option(
    '--jsonl <file>',
    'issues with "repo", "created_at" and "label" or "labels", JSON Lines',
    ISSUES_FILE,
  )
  .option('--precision <share>', 'precision to promise', Number, 0.9)
  .option('--json', 'print one JSON object instead of a table')
  .parse();
const options = command.opts<{ jsonl: string; precision: number; json?: boolean }>();
needFile(command, options.jsonl, '--jsonl FILE', ISSUES_ADVICE);

const seenByEncoder = await readTrainingIssues(ISSUE_ENCODER.directory);
const encoder = await startEncoder({ workerUrl: ENCODER_WORKER, threads: 2 });

async function encode(issue: LabelledIssue): Promise<Example> {
  const text = prepareIssue(issue);
  const { logits, embedding } = await encoder.classify(text);
  return { issue, text, encoding: { logits, embedding }, seen: seenByEncoder(text) };
}

async function judgeRepository(issues: readonly LabelledIssue[]): Promise<HeadFigures> {
  const examples: Example[] = [];
  for (const issue of issues) examples.push(await encode(issue));
  const { learned, later } = splitByTime(examples);
  const head = await learnBuilt(learned, encoder.manifest, options.precision);
  const judged = later.filter((example) => !example.seen);
  if (judged.length === 0) throw new NothingToLearnError('The encoder was trained on all of them');
  return judgeHead(head, learned, judged);
}

const figures = new Map<string, HeadFigures>();
for (const [repository, issues] of readRepositories(options.jsonl)) {
  try {
    figures.set(repository, await judgeRepository(issues));
  } catch (error) {
    if (!(error instanceof NothingToLearnError)) throw error;
    process.stderr.write(`${repository} is left out: ${error.message}\n`);
  }
}
await encoder.close();

reportHeads(figures, options.json === true);

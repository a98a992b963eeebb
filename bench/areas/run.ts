/**
 * What heads learned from pull requests are worth. Histories of git have no labels, but many authors
 * name the area of a change in its title: `fix(parser): …`. Commits stand for pull requests and the
 * area for a label that people put on; type and area are taken out of the title. Learned from 1,000,
 * as many as the App reads, and judged on later ones.
 */
import { Command } from 'commander';
import type { Example } from '../../src/learning/labelled-issue.js';
import { CHANGE_ENCODER } from '../../src/models/model-kind.js';
import { startModel } from '../../src/models/start-encoder.js';
import { unreadable } from '../change/commits.js';
import { type HeadFigures, judgeHead } from '../heads/judge-head.js';
import { reportHeads } from '../heads/report-heads.js';
import { learnBuilt } from '../learning/learn-built.js';
import { readScopedPulls } from './scoped-pulls.js';

const ENCODER_WORKER = new URL('../../dist/models/encoder-worker.js', import.meta.url);

const command = new Command('bench:areas')
  .description(
    'Heads learned from changes and the areas their authors named, judged on later changes',
  )
  .requiredOption('--repository <folders...>', 'git repositories with scopes in their titles')
  .option('--learned <n>', 'changes to learn from', Number, 1000)
  .option('--judged <n>', 'later changes to judge on', Number, 200)
  .option('--precision <share>', 'precision to promise', Number, 0.9)
  .option('--json', 'print one JSON object instead of a table')
  .parse();
const options = command.opts<{
  repository: string[];
  learned: number;
  judged: number;
  precision: number;
  json?: boolean;
}>();

const encoder = await startModel(CHANGE_ENCODER, { workerUrl: ENCODER_WORKER, threads: 2 });

/** A head learned from a repository's earlier changes, judged on its later ones; null: too few. */
async function judgeRepository(folder: string): Promise<HeadFigures | null> {
  const pulls = await readScopedPulls(folder, options.learned + options.judged).catch((error) =>
    command.error(unreadable(folder, error), { exitCode: 2 }),
  );
  if (pulls.length < 2 * options.judged) return null;
  const examples: Example[] = [];
  for (const { issue, text } of pulls) {
    const { logits, embedding } = await encoder.classify(text);
    examples.push({ issue, text, encoding: { logits, embedding }, seen: false });
  }
  const learned = examples.slice(0, -options.judged);
  const head = await learnBuilt(learned, encoder.manifest, options.precision);
  return judgeHead(head, learned, examples.slice(-options.judged));
}

const figures = new Map<string, HeadFigures>();
for (const folder of options.repository) {
  const own = await judgeRepository(folder);
  if (own) figures.set(folder, own);
  else process.stderr.write(`${folder} is left out: too few titles name an area\n`);
}
await encoder.close();
reportHeads(figures, options.json === true);

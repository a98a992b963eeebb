/**
 * How often the rule for titles about documentation is right, by repository, beside the simplest one:
 * any title with one of the words in it. The file is what `python -m sentinel_training.public_issues`
 * writes to the training cache.
 */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';
import { documentationNamedIn } from '../../src/triage/documentation-title.js';
import { needFile } from '../data-file.js';

const rowSchema = z.object({
  repository: z.string(),
  title: z.string(),
  documentation: z.boolean(),
});
type Row = z.output<typeof rowSchema>;

const ADVICE =
  'It is documentation-titles.jsonl of the training cache, written by "python -m sentinel_training.public_issues": see training/README.md.';
const ANY_WORD = /\b(?:docs?|documentation|readme|docstrings?|typos?)\b/i;
const RULES: Readonly<Record<string, (title: string) => boolean>> = {
  'the rule': (title) => documentationNamedIn(title) !== null,
  'any such word': (title) => ANY_WORD.test(title),
};

const command = new Command('bench:documentation')
  .description('How often a title that names the documentation is of an issue labelled so')
  .requiredOption(
    '--jsonl <file>',
    '{"repository","title","documentation"} a line: documentation-titles.jsonl of the training cache',
  )
  .option('--json', 'print JSON instead of a table')
  .parse();
const options = command.opts<{ jsonl: string; json?: boolean }>();
needFile(command, options.jsonl, '--jsonl FILE', ADVICE);

const rows = readFileSync(options.jsonl, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => rowSchema.parse(JSON.parse(line)));

function judge(own: readonly Row[], says: (title: string) => boolean) {
  const labelled = own.filter((row) => row.documentation).length;
  const said = own.filter((row) => says(row.title));
  const right = said.filter((row) => row.documentation).length;
  const share = (part: number, of: number) => (of === 0 ? null : Number((part / of).toFixed(3)));
  return {
    issues: own.length,
    labelled,
    said: said.length,
    right,
    precision: share(right, said.length),
    recall: share(right, labelled),
  };
}

const figures = [...new Set(rows.map((row) => row.repository))].flatMap((repository) => {
  const own = rows.filter((row) => row.repository === repository);
  return Object.entries(RULES).map(([rule, says]) => ({ repository, rule, ...judge(own, says) }));
});
if (options.json) console.log(JSON.stringify(figures, null, 2));
else console.table(figures);

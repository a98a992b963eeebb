import { Command } from 'commander';
import { DEFAULT_REPOSITORY_CONFIG } from '../config/repository-config.js';
import type { KeptHead } from '../handlers/learn-head.js';
import type { Head } from '../learning/head.js';
import { learnInWorker } from '../learning/learn-in-worker.js';
import { CommandError, type CommandFactory, EXIT, type Io } from './command.js';
import { encodeIssues } from './encode-issues.js';
import { checkHeadFolder, writeHeadFile } from './head-file.js';
import { readHistoryFile } from './history-file.js';
import { learnFromGitHub } from './learn-github.js';
import { parseCount } from './parse-count.js';
import { parsePrecision } from './parse-precision.js';
import { parseRepository } from './parse-repository.js';
import { shareText } from './share-text.js';
import { showProgress } from './show-progress.js';
import { textTable } from './text-table.js';
import { printable, writeJson, writeLine } from './write-line.js';

interface Options {
  readonly jsonl?: string;
  readonly out?: string;
  readonly precision?: number;
  readonly json?: boolean;
  readonly model?: string;
  readonly threads?: number;
}

/** `sentinel learn owner/repo` or `sentinel learn --jsonl FILE --out DIR` */
export const learnCommand: CommandFactory = (io, done) =>
  new Command()
    .argument('[repository]', 'owner/name, read through the API into the store', parseRepository)
    .option(
      '--jsonl <file>',
      'learn from a file instead: a line {"title","body","labels","created_at"} an issue; - for standard input',
    )
    .option('--out <folder>', 'where to write the head learned from a file')
    .option(
      '--precision <share>',
      'precision to promise, for a file (default: 0.9)',
      parsePrecision,
    )
    .option('--json', 'print JSON')
    .option('--model <folder>', 'model folder with manifest.json, for a file')
    .option(
      '--threads <n>',
      'threads inside one inference, for a file (default: 2)',
      parseCount(1, 64),
    )
    .action(async (repository: string | undefined, options: Options) => {
      if ((repository === undefined) === (options.jsonl === undefined)) {
        throw new CommandError('Give either owner/name or --jsonl FILE', EXIT.usage);
      }
      if (repository !== undefined) {
        refuseForFiles(options);
        done(await learnRepository(io, repository, options));
        return;
      }
      if (options.out === undefined) {
        throw new CommandError('--jsonl needs --out FOLDER for what is learned', EXIT.usage);
      }
      const head = await learnFile(io, options.jsonl ?? '-', options.out, options);
      const file = await writeHeadFile(options.out, head);
      if (options.json) await writeJson(io.stdout, { file, ...summaryOf(head) });
      else await writeLine(io.stdout, describe(head, file));
    });

/**
 * A repository is learned from as its own configuration says.
 *
 * @throws {CommandError} naming an option that would do nothing
 */
function refuseForFiles(options: Options): void {
  for (const name of ['out', 'precision', 'model', 'threads'] as const) {
    if (options[name] === undefined) continue;
    const instead = name === 'precision' ? ': set precision in its .github/sentinel.yml' : '';
    throw new CommandError(`--${name} is for a file, not for a repository${instead}`, EXIT.usage);
  }
}

async function learnRepository(io: Io, repository: string, options: Options) {
  const progress = showProgress(io);
  try {
    const learning = await learnFromGitHub(io, repository, (text) => progress.show(text));
    progress.end();
    const { pulls } = learning;
    if (options.json) await writeJson(io.stdout, learning);
    else {
      const from = [
        learnedText(learning, `${learning.issues} issues`),
        ...(pulls ? [learnedText(pulls, `${pulls.pulls} pull requests`)] : []),
      ];
      for (const text of from) await writeLine(io.stdout, `${learning.repository}: ${text}`);
    }
    const something = learning.version !== null || (pulls !== null && pulls.version !== null);
    return something ? EXIT.ok : EXIT.bad;
  } finally {
    progress.end();
  }
}

function learnedText({ version, inUse, because }: KeptHead, from: string): string {
  const what = version === null ? 'nothing learned' : `head ${version} learned`;
  return `${what} from ${from}, ${inUse ? 'in use' : 'not in use'}. ${printable(because)}`;
}

async function learnFile(io: Io, file: string, out: string, options: Options): Promise<Head> {
  const issues = await readHistoryFile(file, io);
  await checkHeadFolder(out);
  const progress = showProgress(io);
  try {
    const { examples, manifest } = await encodeIssues(
      issues,
      { ...options, threads: options.threads ?? 2 },
      (count) => progress.show(`encoding: ${count} of ${issues.length} issues`),
    );
    const { name, version, temperature } = manifest;
    return await learnInWorker(examples, {
      encoder: { name, version, temperature },
      precision: options.precision ?? DEFAULT_REPOSITORY_CONFIG.precision,
      learnedAt: new Date().toISOString(),
      onProgress: (share) => progress.show(`learning: ${Math.round(share * 100)} %`),
    });
  } finally {
    progress.end();
  }
}

/** A head without its weights. */
function summaryOf({ text: _text, groups: _groups, ...summary }: Head) {
  return summary;
}

function describe(head: Head, file: string): string {
  const { learned, duplicates, seenByEncoder, judged } = head.issues;
  const rows = head.labels.map((label) => [
    printable(label.name),
    String(label.examples),
    shareText(label.backtest?.precision),
    shareText(label.backtest?.coverage),
    label.threshold === null ? 'off' : label.threshold.toFixed(4),
    label.offBecause ?? '',
  ]);
  const lines = [
    `Learned ${head.labels.length} labels from ${learned} issues; judged on ${judged} of them, later than those learned from.`,
  ];
  if (duplicates > 0) lines.push(`${duplicates} issues all but repeat others and count once.`);
  if (seenByEncoder > 0) {
    lines.push(
      `${seenByEncoder} issues were used to train the encoder and are left out of the figures.`,
    );
  }
  lines.push('', textTable(['label', 'examples', 'precision', 'coverage', 'threshold', ''], rows));
  for (const group of head.exclusive) {
    lines.push('', `At most one of: ${group.map(printable).join(', ')}`);
  }
  for (const { name, reason } of head.leftOut) {
    lines.push(`Left out: ${printable(name)} (${reason})`);
  }
  return [...lines, '', `Written to ${file}`].join('\n');
}

import path from 'node:path';
import { Command } from 'commander';
import { DEFAULT_REPOSITORY_CONFIG } from '../config/repository-config.js';
import type { BacktestReport } from '../learning/backtest.js';
import { backtestInWorker } from '../learning/learn-in-worker.js';
import { CommandError, type CommandFactory, EXIT, type Io } from './command.js';
import { type EncodedIssues, encodeIssues, encodePulls } from './encode-issues.js';
import { githubIssues, githubPulls } from './github-issues.js';
import { readHistoryFile } from './history-file.js';
import { inputName } from './input.js';
import { parseCount } from './parse-count.js';
import { parsePrecision } from './parse-precision.js';
import { parseRepository } from './parse-repository.js';
import { checkReportFile, writeReportFile } from './report-file.js';
import { shareText } from './share-text.js';
import { showProgress } from './show-progress.js';
import { textTable } from './text-table.js';
import { printable, writeJson, writeLine } from './write-line.js';

interface Options {
  readonly jsonl?: string;
  readonly pullRequests?: boolean;
  readonly precision?: number;
  readonly json?: boolean;
  readonly html?: string;
  readonly threads: number;
}

/** `sentinel backtest owner/repo` or `sentinel backtest --jsonl FILE` */
export const backtestCommand: CommandFactory = (io, done) =>
  new Command()
    .argument('[repository]', 'owner/name, read through the API into the store', parseRepository)
    .option('--jsonl <file>', 'judge a file instead, as learn reads it; - for standard input')
    .option('--pull-requests', 'judge the labels of its pull requests instead of its issues')
    .option(
      '--precision <share>',
      'precision to promise (default: as its configuration says, for a file 0.9)',
      parsePrecision,
    )
    .option('--json', 'print JSON')
    .option('--html <file>', 'also write a report with charts and the worst mistakes to FILE')
    .option('--threads <n>', 'threads inside one inference', parseCount(1, 64), 2)
    .action(async (repository: string | undefined, options: Options) => {
      const progress = showProgress(io);
      try {
        if (options.html !== undefined) await checkReportFile(options.html);
        const show = (text: string) => progress.show(text);
        const { examples, manifest, precision } = await readExamples(io, repository, options, show);
        const { name, version, temperature } = manifest;
        const things = options.pullRequests ? 'pull requests' : 'issues';
        const learnedAt = new Date().toISOString();
        const report = await backtestInWorker(examples, {
          encoder: { name, version, temperature },
          precision: options.precision ?? precision,
          learnedAt,
          onProgress: (share) => show(`judging: ${Math.round(share * 100)} %`),
        });
        progress.end();
        if (options.json) await writeJson(io.stdout, report);
        else await writeLine(io.stdout, describe(report, things));
        if (options.html !== undefined) {
          const subject = repository ?? path.basename(inputName(options.jsonl ?? '-'));
          await writeHtml(options.html, report, { subject, judgedAt: learnedAt, things });
        }
        done(EXIT.ok);
      } finally {
        progress.end();
      }
    });

/** What is judged, encoded, and the precision that is promised. */
async function readExamples(
  io: Io,
  repository: string | undefined,
  options: Options,
  show: (text: string) => void,
): Promise<EncodedIssues & { readonly precision: number }> {
  const { jsonl, pullRequests } = options;
  if ((repository === undefined) === (jsonl === undefined)) {
    throw new CommandError('Give either owner/name or --jsonl FILE', EXIT.usage);
  }
  if (repository !== undefined && pullRequests) {
    const { items: pulls, precision } = await githubPulls(io, repository, show);
    const encoded = await encodePulls(pulls, options, (done) =>
      show(`encoding: ${done} of ${pulls.length} pull requests`),
    );
    return { ...encoded, precision };
  }
  if (pullRequests) {
    throw new CommandError('--pull-requests needs owner/name: a file holds issues', EXIT.usage);
  }
  const { items: issues, precision } =
    repository === undefined
      ? {
          items: await readHistoryFile(jsonl ?? '-', io),
          precision: DEFAULT_REPOSITORY_CONFIG.precision,
        }
      : await githubIssues(io, repository, show);
  const encoded = await encodeIssues(issues, options, (done) =>
    show(`encoding: ${done} of ${issues.length} issues`),
  );
  return { ...encoded, precision };
}

async function writeHtml(
  file: string,
  report: BacktestReport,
  about: { readonly subject: string; readonly judgedAt: string; readonly things: string },
): Promise<void> {
  // Loaded here alone: charts take a while to load, and most commands draw none.
  const { backtestPage } = await import('../reports/backtest-page.js');
  await writeReportFile(file, await backtestPage(report, about));
}

function describe(report: BacktestReport, things: string): string {
  const rows = report.labels.map((label) => [
    printable(label.name),
    String(label.support),
    shareText(label.precision),
    shareText(label.recall),
    shareText(label.f1),
    shareText(label.averagePrecision),
    shareText(label.coverage),
    shareText(label.proposedPrecision),
    shareText(label.precisionLowerBound),
    shareText(label.calibrationError),
    shareText(label.zeroConfig?.f1),
  ]);
  const head = ['label', 'support', 'precision', 'recall', 'F1', 'AP', 'coverage', 'kept'];
  const { judged, all, seenByEncoder } = report.issues;
  const unknown = report.labels.filter((label) => label.zeroConfig === null).length;
  const counted =
    report.macroF1.zeroConfig === null || unknown === 0
      ? ''
      : ` (${unknown} of ${report.labels.length} labels it has no class for count 0)`;
  return [
    `Judged ${judged} of ${all} ${things} in ${report.slices.length} slices; ${seenByEncoder} were used to train the encoder and are left out.`,
    '',
    textTable([...head, 'bound', 'ECE', 'zero-config F1'], rows),
    '',
    `mean F1: ${shareText(report.macroF1.head)}; zero-config ${shareText(report.macroF1.zeroConfig)}${counted}; majority ${shareText(report.macroF1.majority)}`,
    `calibration error of the likeliest label: ${shareText(report.calibrationError)}`,
  ].join('\n');
}

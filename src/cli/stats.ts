import { Command } from 'commander';
import {
  type LabelStats,
  type LearnedStats,
  type RepositoryStats,
  repositoryStats,
} from '../learning/repository-stats.js';
import { CommandError, type CommandFactory, EXIT } from './command.js';
import { parseRepository } from './parse-repository.js';
import { shareText } from './share-text.js';
import { textTable } from './text-table.js';
import { withStore } from './with-store.js';
import { printable, writeJson, writeLine } from './write-line.js';

const USES: Readonly<Record<LabelStats['use'], string>> = {
  put: 'put on',
  switched: 'suggested',
  unproven: 'off',
  'zero-config': 'put on, not learned',
};

/** `sentinel stats` */
export const statsCommand: CommandFactory = (io, done) =>
  new Command()
    .argument('<owner/repo>', 'a repository that Sentinel has worked on', parseRepository)
    .option('--json', 'print JSON')
    .action(async (name: string, { json }: { json?: boolean }) => {
      const stats = await withStore(
        io,
        async (store) => repositoryStats(store, (await store.histories.spelling(name)) ?? name),
        { create: false },
      );
      if (!stats) {
        throw new CommandError(
          `Nothing is known of ${name}: run "sentinel learn ${name}", or check DATABASE_URL.`,
        );
      }
      if (json) await writeJson(io.stdout, stats);
      else await writeLine(io.stdout, statsText(stats));
      done(EXIT.ok);
    });

/** The statistics for people: issues, then pull requests where anything is known of their labels. */
function statsText(stats: RepositoryStats): string {
  const { pulls } = stats;
  const history = `${stats.issues} issues in the history${stats.historyReadAt === null ? ' so far, still reading' : ''}`;
  const lines = [
    `${printable(stats.repository)}: ${history}`,
    headText(stats, 'issues') ?? nothingText(stats),
    '',
    ...labelsText(stats),
  ];
  const fromPulls = headText(pulls, 'pull requests');
  if (fromPulls !== null || pulls.labels.length > 0 || pulls.labelled > 0) {
    lines.push(
      '',
      `Pull requests: ${pulls.labelled} with labels in the history`,
      fromPulls ?? nothingText(pulls),
      '',
      ...labelsText(pulls),
    );
  }
  return lines.join('\n');
}

function nothingText({ result }: { readonly result: string | null }): string {
  return `Nothing learned yet. ${printable(result ?? '')}`.trim();
}

function headText({ head }: LearnedStats, things: string): string | null {
  return (
    head &&
    `Head ${head.version}, learned ${head.learnedAt.slice(0, 10)} from ${head.learnedFrom} ${things}; promises ${shareText(head.promise)}`
  );
}

function labelsText({ labels, leftOut }: LearnedStats): string[] {
  const table = labelsTable(labels);
  if (leftOut.length === 0) return [table];
  const names = leftOut.map(({ name, reason }) => `${printable(name)} (${reason})`);
  return [table, '', `Left out: ${names.join(', ')}`];
}

function labelsTable(labels: readonly LabelStats[]): string {
  if (labels.length === 0) return 'No labels yet.';
  const head = [
    'LABEL',
    'EXAMPLES',
    'BACKTEST',
    'AT LEAST',
    'COVERAGE',
    'LIVE',
    'PUT',
    'USE',
    'WHY',
  ];
  return textTable(
    head,
    labels.map(({ label, examples, backtest, live, use, because }) => [
      printable(label),
      examples === null ? '-' : String(examples),
      shareText(backtest?.precision),
      shareText(backtest?.precisionLowerBound),
      shareText(backtest?.coverage),
      shareText(live.precision),
      String(live.put),
      USES[use],
      printable(because ?? ''),
    ]),
  );
}

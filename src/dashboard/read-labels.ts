import type { Kysely } from 'kysely';
import {
  type RepositoryStats,
  repositoryStats,
  type StatsStore,
} from '../learning/repository-stats.js';
import { Heads } from '../store/heads.js';
import { Histories } from '../store/histories.js';
import { HistoryIssues } from '../store/history-issues.js';
import { HistoryPulls } from '../store/history-pulls.js';
import { LabelFeedback } from '../store/label-feedback.js';
import { LabelSwitches, type LabelSwitchRecord } from '../store/label-switches.js';
import type { Database } from '../store/schema.js';

/** Repositories shown on one page. */
const SHOWN_REPOSITORIES = 50;

/** What one page shows of labels. */
export interface ShownLabels {
  readonly repositories: readonly RepositoryStats[];
  /** Names of the repositories that found no room. */
  readonly more: readonly string[];
}

/** What is known of the labels of a repository, or of every repository with a history. */
export async function readLabels(
  database: Kysely<Database>,
  repository: string | undefined,
  now: number,
): Promise<ShownLabels> {
  const store = storeOf(database);
  const names =
    repository === undefined
      ? (await store.histories.list()).map((history) => history.repository)
      : [(await store.histories.spelling(repository)) ?? repository];
  const repositories: RepositoryStats[] = [];
  // One after the other: heads are large, and each is read for its figures alone.
  for (const name of names.slice(0, SHOWN_REPOSITORIES)) {
    const stats = await repositoryStats(store, name, now);
    if (stats) repositories.push(stats);
  }
  return { repositories, more: names.slice(SHOWN_REPOSITORIES) };
}

/** Labels that are only suggested since people took them off too often. */
export async function readSwitches(
  database: Kysely<Database>,
  repository: string | undefined,
): Promise<LabelSwitchRecord[]> {
  return new LabelSwitches(database).list(repository);
}

function storeOf(database: Kysely<Database>): StatsStore {
  return {
    heads: new Heads(database),
    histories: new Histories(database),
    historyIssues: new HistoryIssues(database),
    historyPulls: new HistoryPulls(database),
    labelFeedback: new LabelFeedback(database),
    labelSwitches: new LabelSwitches(database),
  };
}

import { chooseLabels } from '../learning/choose-labels.js';
import {
  HeadError,
  type ReadyHead,
  readyHead,
  scoreWithHead,
} from '../learning/score-with-head.js';
import type { Classifier } from '../models/encoder.js';
import { prepareIssue } from '../triage/prepare-issue.js';
import type { IssueText } from './classify-text.js';
import { CommandError } from './command.js';
import { readHeadFile } from './head-file.js';

/** What a repository's head says of an issue. */
export interface HeadClassification {
  /** The likeliest of `labels`; null: not sure enough of any. */
  readonly label: string | null;
  /** All whose threshold is reached, likeliest first. */
  readonly labels: readonly string[];
  /** Calibrated probability of each label that was learned. */
  readonly scores: Readonly<Record<string, number>>;
  /** Preparation, inference and scoring. */
  readonly ms: number;
}

/**
 * Reads a head for an encoder.
 *
 * @throws {CommandError} when it was learned with another encoder or is damaged
 */
export async function headFor(encoder: Classifier, directory: string): Promise<ReadyHead> {
  const head = await readHeadFile(directory);
  const { name, version } = encoder.manifest;
  if (head.encoder.name !== name || head.encoder.version !== version) {
    throw new CommandError(
      `The head in ${directory} was learned with ${head.encoder.name} ${head.encoder.version}, ` +
        `the model is ${name} ${version}; learn again`,
    );
  }
  return orLearnAgain(() => readyHead(head), ` (${directory})`);
}

/** Asks a head; one that is damaged or does not fit ends the command. */
function orLearnAgain<T>(ask: () => T, where = ''): T {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof HeadError)) throw error;
    throw new CommandError(`${error.message}${where}; learn again`);
  }
}

/**
 * The whole way of one issue with a head.
 *
 * @throws {CommandError} when it was learned from encodings of another width
 */
export async function classifyWithHead(
  encoder: Classifier,
  head: ReadyHead,
  issue: IssueText,
): Promise<HeadClassification> {
  const start = performance.now();
  const encoding = await encoder.classify(prepareIssue(issue));
  const scores = orLearnAgain(() => scoreWithHead(head, issue, encoding));
  const labels = chooseLabels(head.head, scores);
  const rounded = [...scores].map(
    ([label, { probability }]) => [label, Number(probability.toFixed(6))] as const,
  );
  return {
    label: labels[0] ?? null,
    labels,
    scores: Object.fromEntries(rounded),
    ms: Number((performance.now() - start).toFixed(2)),
  };
}

import type { PullRequestConfig } from '../config/pull-request-config.js';
import { type LabelledPull, labelledPulls } from '../learning/labelled-pulls.js';
import type { Learner } from '../learning/learner.js';
import type { Encoder } from '../models/encoder.js';
import { CHANGE_ENCODER } from '../models/model-kind.js';
import type { Store } from '../store/open-store.js';
import { decidedOtherwise } from '../triage/change-labels.js';
import { encodeTexts, modelName } from './encode-text.js';
import { type KeptHead, learnHead } from './learn-head.js';
import { MOST_PULLS } from './read-pull-history.js';

export interface PullLearningContext {
  readonly store: Pick<
    Store,
    'heads' | 'histories' | 'historyPulls' | 'labelEvents' | 'embeddings'
  >;
  readonly encoder: Pick<Encoder, 'beside'>;
  readonly learner: Learner;
  /** The promise, in [0, 1]. */
  readonly precision: number;
  readonly config: PullRequestConfig;
  /** Told how many of the pull requests are encoded. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** What came of learning from pull requests. */
export interface PullLearning extends KeptHead {
  readonly pulls: number;
}

/** With fewer there is nothing to learn and nothing to judge on. */
const FEWEST_PULLS = 30;

/** The pull requests that `learnPulls` learns from, oldest first, without the labels it leaves out. */
export function pullsToLearn(
  repository: string,
  store: Pick<Store, 'historyPulls' | 'labelEvents'>,
  config: PullRequestConfig,
): Promise<LabelledPull[]> {
  return labelledPulls(store, repository, MOST_PULLS, decidedOtherwise(config));
}

/**
 * Learns labels of pull requests, such as areas, from a repository's history in the store: from
 * titles, paths and what the change encoder makes of the diffs. Types, sizes and labels with rules
 * are left to those.
 *
 * @throws {ModelError} while the change encoder has no files
 */
export async function learnPulls(
  repository: string,
  context: PullLearningContext,
): Promise<PullLearning> {
  const learning = await learn(repository, context);
  await context.store.histories.learnedFromPulls(repository, learning.because);
  return learning;
}

async function learn(
  repository: string,
  { store, encoder, learner, precision, config, onProgress }: PullLearningContext,
): Promise<PullLearning> {
  const pulls = await pullsToLearn(repository, store, config);
  if (pulls.length < FEWEST_PULLS) {
    const because = `${pulls.length} pull requests are labelled by people who may triage; it takes ${FEWEST_PULLS}.`;
    return { pulls: pulls.length, version: null, inUse: false, because };
  }
  const model = await encoder.beside(CHANGE_ENCODER);
  const context = { encoder: model, store };
  const encodings = await encodeTexts(repository, pulls, context, (done) =>
    onProgress?.(done, pulls.length),
  );
  const examples = pulls.flatMap(({ issue, text }, index) => {
    const encoding = encodings[index];
    // The encoder may have seen the change, but never a label of this kind.
    return encoding ? [{ issue, text, encoding, seen: false }] : [];
  });
  const task = {
    repository,
    subject: 'pulls',
    examples,
    encoder: model.manifest,
    precision,
  } as const;
  const kept = await learnHead(task, { store, learner });
  await store.embeddings.keepOnly(modelName(model.manifest));
  return { pulls: pulls.length, ...kept };
}

import { labelledHistory } from '../learning/labelled-history.js';
import type { Learner } from '../learning/learner.js';
import type { Encoder } from '../models/encoder.js';
import type { Store } from '../store/open-store.js';
import { prepareIssue } from '../triage/prepare-issue.js';
import { encodeTexts, modelName } from './encode-text.js';
import { type KeptHead, learnHead } from './learn-head.js';

export interface LearningContext {
  readonly store: Pick<
    Store,
    'heads' | 'histories' | 'historyIssues' | 'labelEvents' | 'embeddings'
  >;
  readonly encoder: Pick<Encoder, 'manifest' | 'classify'>;
  readonly learner: Learner;
  /** The promise, in [0, 1]. */
  readonly precision: number;
  /** Told how many of the issues are encoded. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** What came of learning. */
export interface Learning extends KeptHead {
  readonly issues: number;
}

/** With fewer labelled issues the published thresholds are the better guess. */
const FEWEST_ISSUES = 30;

/**
 * Learns a repository's labels from its history in the store. What was learned is put to use when it
 * is the first, when the one in use was made for another encoder or another promise, or when it is
 * better on the newest issues.
 */
export async function learnRepository(
  repository: string,
  context: LearningContext,
): Promise<Learning> {
  const learning = await learn(repository, context);
  await context.store.histories.learned(repository, Date.now(), learning.because);
  return learning;
}

async function learn(repository: string, context: LearningContext): Promise<Learning> {
  const { store, encoder, learner, precision, onProgress } = context;
  const issues = await labelledHistory(store, repository);
  const nothing = { issues: issues.length, version: null, inUse: false };
  if (issues.length < FEWEST_ISSUES) {
    const because = `${issues.length} issues are labelled by people who may triage; it takes ${FEWEST_ISSUES}.`;
    return { ...nothing, because };
  }
  const seenByEncoder = await learner.seenByEncoder();
  const texts = issues.map(({ number, issue }) => ({ number, text: prepareIssue(issue) }));
  const encodings = await encodeTexts(repository, texts, context, (done) =>
    onProgress?.(done, issues.length),
  );
  const examples = issues.flatMap(({ issue }, index) => {
    const encoding = encodings[index];
    const text = texts[index]?.text ?? '';
    return encoding ? [{ issue, text, encoding, seen: seenByEncoder(text) }] : [];
  });
  const kept = await learnHead(
    { repository, subject: 'issues', examples, encoder: encoder.manifest, precision },
    { store, learner },
  );
  await store.embeddings.keepOnly(modelName(encoder.manifest));
  return { issues: issues.length, ...kept };
}

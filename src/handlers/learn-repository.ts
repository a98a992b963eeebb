import { type Head, headSchema } from '../learning/head.js';
import { labelledHistory } from '../learning/labelled-history.js';
import type { Example } from '../learning/labelled-issue.js';
import { type EncoderFacts, NothingToLearnError } from '../learning/learn-head.js';
import type { Choice, Learner } from '../learning/learner.js';
import type { Encoder } from '../models/encoder.js';
import type { Store } from '../store/open-store.js';
import { prepareIssue } from '../triage/prepare-issue.js';
import { encodeTexts } from './encode-text.js';

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
export interface Learning {
  readonly issues: number;
  /** Null when nothing was learned. */
  readonly version: number | null;
  readonly inUse: boolean;
  /** For people. */
  readonly because: string;
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
  const texts = issues.map(prepareIssue);
  const encodings = await encodeTexts(texts, context, (done) => onProgress?.(done, issues.length));
  const examples = issues.flatMap((issue, index) => {
    const encoding = encodings[index];
    const seen = seenByEncoder(texts[index] ?? '');
    return encoding ? [{ issue, encoding, seen }] : [];
  });
  const head = await learnHead(learner, examples, encoder.manifest, precision);
  if ('because' in head) {
    return { ...nothing, because: head.because };
  }
  const before = await store.heads.latest(repository);
  if (before?.data_hash === head.dataHash && before.in_use === 1 && sameGround(before.head, head)) {
    const because = 'Nothing has changed since the last learning.';
    return { ...nothing, version: before.version, inUse: true, because };
  }
  const { take, because } = await decide(repository, head, examples, { store, learner });
  const version = await store.heads.add({
    repository,
    data_hash: head.dataHash,
    in_use: take ? 1 : 0,
    because,
    learned_at: Date.now(),
    head: JSON.stringify(head),
  });
  await store.embeddings.keepOnly(`${encoder.manifest.name} ${encoder.manifest.version}`);
  return { issues: issues.length, version, inUse: take, because };
}

async function learnHead(
  learner: Learner,
  examples: readonly Example[],
  encoder: EncoderFacts,
  precision: number,
): Promise<Head | { readonly because: string }> {
  try {
    return await learner.learn(examples, encoder, precision);
  } catch (error) {
    if (error instanceof NothingToLearnError) return { because: error.message };
    throw error;
  }
}

async function decide(
  repository: string,
  head: Head,
  examples: readonly Example[],
  { store, learner }: Pick<LearningContext, 'learner'> & { store: Pick<Store, 'heads'> },
): Promise<Choice> {
  const row = await store.heads.inUse(repository);
  if (!row) return { take: true, because: 'It is the first.' };
  const inUse = headSchema.safeParse(JSON.parse(row.head)).data;
  if (!inUse || !sameGround(row.head, head)) {
    return { take: true, because: 'The encoder or the promised precision is another.' };
  }
  return learner.choose(inUse, head, examples);
}

/** Whether two heads were made for the same encoder and promise. */
function sameGround(stored: string, head: Head): boolean {
  const other = headSchema.safeParse(JSON.parse(stored)).data;
  return (
    other !== undefined &&
    other.encoder.name === head.encoder.name &&
    other.encoder.version === head.encoder.version &&
    other.precision === head.precision
  );
}

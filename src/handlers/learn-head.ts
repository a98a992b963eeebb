import type { Head } from '../learning/head.js';
import type { Example } from '../learning/labelled-issue.js';
import { type EncoderFacts, NothingToLearnError } from '../learning/learn-head.js';
import type { Choice, Learner } from '../learning/learner.js';
import { readyHead, readyStored } from '../learning/score-with-head.js';
import type { Store } from '../store/open-store.js';
import type { HeadSubject } from '../store/schema.js';

/** What came of learning a head. */
export interface KeptHead {
  /** Null when nothing was learned. */
  readonly version: number | null;
  readonly inUse: boolean;
  /** For people. */
  readonly because: string;
}

/** What to learn from, and for what. */
export interface HeadTask {
  readonly repository: string;
  readonly subject: HeadSubject;
  readonly examples: readonly Example[];
  readonly encoder: EncoderFacts;
  /** The promise, in [0, 1]. */
  readonly precision: number;
}

interface HeadContext {
  readonly store: Pick<Store, 'heads'>;
  readonly learner: Learner;
}

/**
 * Fits a head and stores it as the repository's next version. It is put to use when it is the first
 * for its subject, when the one in use was made for another encoder or another promise, or when it
 * is better on the newest examples.
 */
export async function learnHead(task: HeadTask, context: HeadContext): Promise<KeptHead> {
  const { repository, subject, examples } = task;
  const { store } = context;
  const head = await fitHead(task, context);
  if ('because' in head) {
    return { version: null, inUse: false, because: head.because };
  }
  const before = await store.heads.latest(repository, subject);
  if (
    before?.data_hash === head.dataHash &&
    before.in_use === 1 &&
    onSameGround(before.head, head)
  ) {
    const because = 'Nothing has changed since the last learning.';
    return { version: before.version, inUse: true, because };
  }
  const row = await store.heads.inUse(repository, subject);
  const { take, because } = await decide(row?.head ?? null, head, examples, context);
  const version = await store.heads.add({
    repository,
    subject,
    data_hash: head.dataHash,
    in_use: take ? 1 : 0,
    because,
    learned_at: Date.now(),
    head: JSON.stringify(head),
  });
  return { version, inUse: take, because };
}

async function fitHead(
  { examples, encoder, precision }: HeadTask,
  { learner }: HeadContext,
): Promise<Head | { readonly because: string }> {
  try {
    return await learner.learn(examples, encoder, precision);
  } catch (error) {
    if (error instanceof NothingToLearnError) return { because: error.message };
    throw error;
  }
}

async function decide(
  stored: string | null,
  head: Head,
  examples: readonly Example[],
  { learner }: HeadContext,
): Promise<Choice> {
  if (stored === null) return { take: true, because: 'It is the first.' };
  const inUse = onSameGround(stored, head);
  if (!inUse) {
    return {
      take: true,
      because: 'The encoder, the promised precision or the form of heads is another.',
    };
  }
  return learner.choose(inUse, head, examples);
}

/** A stored head that was made for the same encoder and promise as another; null for any other. */
function onSameGround(stored: string, head: Head): Head | null {
  const other = readyStored(stored);
  const same =
    other?.width === readyHead(head).width &&
    other.head.encoder.name === head.encoder.name &&
    other.head.encoder.version === head.encoder.version &&
    other.head.precision === head.precision;
  return same ? other.head : null;
}

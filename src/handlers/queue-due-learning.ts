import type { ModelManifest } from '../models/manifest.js';
import type { Queue } from '../queue/queue.js';
import type { Store } from '../store/open-store.js';
import { queueLearning } from './queue-learning.js';
import { createHeadReader } from './read-head.js';

/** So many labels set by people since the last learning are worth another. */
const ENOUGH_CHANGED = 20;
/** Learning again sooner than this shows little. */
const REST_MS = 20 * 3_600_000;

export interface DueContext {
  readonly store: Pick<Store, 'heads' | 'histories' | 'labelEvents' | 'labelSwitches'>;
  readonly queue: Pick<Queue, 'enqueue'>;
  readonly encoder: { readonly manifest: Pick<ModelManifest, 'name' | 'version'> };
}

/**
 * Queues the learning of every repository whose labels have changed enough since the last time.
 *
 * @returns their names
 */
export async function queueDueLearning(context: DueContext, now = Date.now()): Promise<string[]> {
  const due: string[] = [];
  for (const history of await context.store.histories.list()) {
    const { repository, learned_at: learnedAt, installation_id: installationId } = history;
    // One that was never finished is in the queue still, or its repository is out of reach.
    if (learnedAt === null || learnedAt > now - REST_MS) continue;
    const changed = await context.store.labelEvents.countTrustedSince(repository, learnedAt);
    if (changed < ENOUGH_CHANGED) continue;
    await queueLearning(context.queue, { installationId, repository }, `${changed} changes`);
    due.push(repository);
  }
  return due;
}

/**
 * Queues the learning of every repository whose head was made for another encoder, for instance
 * after an update: until then it gets what a repository without a head gets.
 *
 * @returns their names
 */
export async function queueOutdatedHeads({ store, queue, encoder }: DueContext): Promise<string[]> {
  const heads = createHeadReader(store);
  const outdated: string[] = [];
  for (const repository of await store.heads.repositories()) {
    const history = await store.histories.find(repository);
    if (!history || (await heads.readFor(repository, encoder.manifest))) continue;
    const target = { installationId: history.installation_id, repository };
    await queueLearning(queue, target, 'the encoder is another');
    outdated.push(repository);
  }
  return outdated;
}

import { headSchema } from '../learning/head.js';
import type { Encoder } from '../models/encoder.js';
import type { ModelManifest } from '../models/manifest.js';
import { CHANGE_ENCODER } from '../models/model-kind.js';
import type { Queue } from '../queue/queue.js';
import type { Store } from '../store/open-store.js';
import type { HeadSubject } from '../store/schema.js';
import { queueLearning, queueLearningDaily } from './queue-learning.js';

/** So many labels set by people since the last learning are worth another. */
const ENOUGH_CHANGED = 20;
/** Learning again sooner than this shows little. */
const REST_MS = 20 * 3_600_000;

export interface DueContext {
  readonly store: Pick<Store, 'heads' | 'histories' | 'labelEvents'>;
  readonly queue: Pick<Queue, 'enqueue'>;
  readonly encoder: { readonly manifest: Pick<ModelManifest, 'name' | 'version'> };
}

/** Heads for pull requests belong to the encoder beside it. */
export interface OutdatedContext extends DueContext {
  readonly encoder: DueContext['encoder'] & Pick<Encoder, 'beside'>;
}

/**
 * Queues the learning of every repository whose labels have changed enough since the last time, and of
 * each that could not be learned from to the end so far.
 *
 * @returns their names
 */
export async function queueDueLearning(context: DueContext, now = Date.now()): Promise<string[]> {
  const due: string[] = [];
  for (const history of await context.store.histories.list()) {
    const { repository, learned_at: learnedAt, installation_id: installationId } = history;
    const target = { installationId, repository };
    if (learnedAt === null) {
      // It broke off where the repository was out of reach for a while; or it is in the queue still.
      await queueLearningDaily(context.queue, target, 'it never finished', now);
      due.push(repository);
      continue;
    }
    if (learnedAt > now - REST_MS) continue;
    const changed = await context.store.labelEvents.countTrustedSince(repository, learnedAt);
    if (changed < ENOUGH_CHANGED) continue;
    await queueLearning(context.queue, target, `${changed} changes`);
    due.push(repository);
  }
  return due;
}

/**
 * Queues the learning of every repository with a head, for issues or for pull requests, that was made
 * for another encoder or has another form, for instance after an update: until then it gets what a
 * repository without a head gets.
 *
 * @returns their names
 * @throws {ModelUnavailableError} while the change encoder cannot be asked; heads for issues are
 * looked at by then
 */
export async function queueOutdatedHeads({
  store,
  queue,
  encoder,
}: OutdatedContext): Promise<string[]> {
  const outdated = new Set<string>();
  const look = async (subject: HeadSubject, manifest: DueContext['encoder']['manifest']) => {
    for (const repository of await store.heads.repositories(subject)) {
      if (outdated.has(repository)) continue;
      const history = await store.histories.find(repository);
      const row = await store.heads.inUse(repository, subject);
      if (!history || (row && isFor(manifest, row.head))) continue;
      const target = { installationId: history.installation_id, repository };
      await queueLearning(queue, target, 'the encoder or the form of heads is another');
      outdated.add(repository);
    }
  };
  await look('issues', encoder.manifest);
  const { manifest } = await encoder.beside(CHANGE_ENCODER);
  await look('pulls', manifest);
  return [...outdated];
}

/** Its weights, nearly all of it, tell nothing of that. */
const madeForSchema = headSchema.pick({ schema: true, encoder: true });

function isFor({ name, version }: DueContext['encoder']['manifest'], head: string): boolean {
  const encoder = madeForSchema.safeParse(JSON.parse(head)).data?.encoder;
  return encoder?.name === name && encoder.version === version;
}

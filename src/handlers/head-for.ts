import type { RepositoryConfig } from '../config/repository-config.js';
import type { ModelManifest } from '../models/manifest.js';
import type { HeadSubject } from '../store/schema.js';
import type { HandlerContext } from './event-handler.js';
import type { RepositoryTarget } from './payload-fields.js';
import { queueLearningOnce } from './queue-learning.js';
import type { UsableHead } from './read-head.js';

/** The encoder that a head is asked with. */
interface AskingEncoder {
  readonly manifest: Pick<ModelManifest, 'name' | 'version'>;
  /** Numbers of its encodings. */
  readonly width: number;
}

/**
 * The head in use for an encoder and subject; null without one. Where it keeps another promise than
 * the configuration now asks for, it is used meanwhile and learning anew is queued, once. So it is
 * where it was learned from encodings of another width, but then it is not used.
 */
export async function headFor(
  target: RepositoryTarget,
  { manifest, width }: AskingEncoder,
  subject: HeadSubject,
  { precision }: Pick<RepositoryConfig, 'precision'>,
  { heads, queue }: Pick<HandlerContext, 'heads' | 'queue'>,
): Promise<UsableHead | null> {
  const usable = await heads.readFor(target.repository, manifest, subject);
  if (usable && usable.width !== width) {
    await queueLearningOnce(queue, target, `head ${usable.version} is for ${usable.width} numbers`);
    return null;
  }
  if (usable && usable.head.precision !== precision) {
    const occasion = `${precision} promised after head ${usable.version}`;
    await queueLearningOnce(queue, target, occasion);
  }
  return usable;
}

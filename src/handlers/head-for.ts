import type { RepositoryConfig } from '../config/repository-config.js';
import type { HeadSubject } from '../store/schema.js';
import type { TextEncoder } from './encode-text.js';
import type { HandlerContext } from './event-handler.js';
import type { RepositoryTarget } from './payload-fields.js';
import { queueLearningOnce } from './queue-learning.js';
import type { UsableHead } from './read-head.js';

/**
 * The head in use for an encoder and subject; null without one. Where it keeps another promise than
 * the configuration now asks for, it is used meanwhile and learning anew is queued, once.
 */
export async function headFor(
  target: RepositoryTarget,
  { manifest }: Pick<TextEncoder, 'manifest'>,
  subject: HeadSubject,
  { precision }: Pick<RepositoryConfig, 'precision'>,
  { heads, queue }: Pick<HandlerContext, 'heads' | 'queue'>,
): Promise<UsableHead | null> {
  const usable = await heads.readFor(target.repository, manifest, subject);
  if (usable && usable.head.precision !== precision) {
    const occasion = `${precision} promised after head ${usable.version}`;
    await queueLearningOnce(queue, target, occasion);
  }
  return usable;
}

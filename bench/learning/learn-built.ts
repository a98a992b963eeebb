import type { Head } from '../../src/learning/head.js';
import type { Example } from '../../src/learning/labelled-issue.js';
import type { EncoderFacts } from '../../src/learning/learn-head.js';
import { learnInWorker } from '../../src/learning/learn-in-worker.js';

const WORKER = new URL('../../dist/learning/learning-worker.js', import.meta.url);

/**
 * Learns a head as the App does, in the built thread.
 *
 * @param precision the precision to promise, in [0, 1]
 * @throws {NothingToLearnError} when no label has enough examples
 */
export function learnBuilt(
  examples: readonly Example[],
  { name, version, temperature }: EncoderFacts,
  precision: number,
): Promise<Head> {
  const learnedAt = new Date().toISOString();
  const options = { encoder: { name, version, temperature }, precision, learnedAt };
  return learnInWorker(examples, options, WORKER);
}

import { createHash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { readModelJson } from '../models/read-model-json.js';

const FILE = 'training-issues.json';
const DIGITS = 16;

/** What an encoder was trained on, beside its files: hashes of prepared texts, no text. */
const trainingIssuesSchema = z.object({
  schema: z.literal(1),
  /** First 16 hex digits of the sha256 of each prepared text. */
  hashes: z.array(z.string().regex(/^[0-9a-f]{16}$/)),
});

/** Tells whether the encoder was trained on a prepared text. */
export type SeenByEncoder = (preparedText: string) => boolean;

/**
 * Reads which issues an encoder was trained on. Its judgement of those is far too sure, so they count
 * in no figure.
 *
 * @throws {ModelError} when the file is missing or not what it should be
 */
export async function readTrainingIssues(modelDirectory: string): Promise<SeenByEncoder> {
  const file = path.join(modelDirectory, FILE);
  const { hashes: listed } = await readModelJson(
    file,
    trainingIssuesSchema,
    'is no list of training issues',
  );
  const hashes = new Set(listed);
  return (preparedText) => {
    const digest = createHash('sha256').update(preparedText, 'utf8').digest('hex');
    return hashes.has(digest.slice(0, DIGITS));
  };
}

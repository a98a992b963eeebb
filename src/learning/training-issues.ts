import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ModelError } from '../models/model-error.js';

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
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ModelError(file, 'cannot be read', { cause });
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ModelError(file, 'is not JSON', { cause });
  }
  const parsed = trainingIssuesSchema.safeParse(json);
  if (!parsed.success) {
    throw new ModelError(file, `is no list of training issues: ${z.prettifyError(parsed.error)}`);
  }
  const hashes = new Set(parsed.data.hashes);
  return (preparedText) => {
    const digest = createHash('sha256').update(preparedText, 'utf8').digest('hex');
    return hashes.has(digest.slice(0, DIGITS));
  };
}

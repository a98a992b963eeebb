import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ModelError } from './model-error.js';

const relativePath = z
  .string()
  .regex(/^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]*$/, 'must be a path inside the model folder');
const probability = z.number().min(0).max(1);
const perClass = z.strictObject({ bug: probability, feature: probability, question: probability });

/** `manifest.json` beside a model: what it is and how to tell that its files are whole. */
const manifestSchema = z.object({
  schema: z.literal(1),
  name: z.string().min(1),
  version: z.string().min(1),
  licence: z.string().min(1),
  base: z.string().min(1),
  preparation: z.number().int().positive(),
  /** The decision is made for these three, in this order. */
  labels: z.tuple([z.literal('bug'), z.literal('feature'), z.literal('question')]),
  maxTokens: z.number().int().min(8).max(512),
  inputs: z.array(z.enum(['input_ids', 'attention_mask', 'token_type_ids'])).min(2),
  temperature: z.number().positive(),
  thresholds: perClass,
  files: z
    .array(
      z.object({
        path: relativePath,
        bytes: z.number().int().positive(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1),
  data: z.array(z.object({ name: z.string(), sha256: z.string(), rows: z.number().int() })),
  measured: z.record(z.string(), z.number()),
});

export type ModelManifest = z.output<typeof manifestSchema>;

/** The committed issue encoder, found from the built file and from the source alike. */
export const ISSUE_ENCODER_DIRECTORY = fileURLToPath(
  new URL('../../models/issue-encoder', import.meta.url),
);

/**
 * Reads and parses `manifest.json` in a model's folder.
 *
 * @throws {ModelError} naming the file, when it is missing, not JSON or not a manifest
 */
export async function readManifest(directory: string): Promise<ModelManifest> {
  const file = path.join(directory, 'manifest.json');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ModelError(file, 'cannot be read', { cause });
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ModelError(file, 'is not JSON', { cause });
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    throw new ModelError(file, `is not a model manifest: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

/**
 * Compares each file's size and sha256 with the manifest.
 *
 * @throws {ModelError} naming the first file that is missing or differs
 */
export async function verifyModelFiles(manifest: ModelManifest, directory: string): Promise<void> {
  for (const expected of manifest.files) {
    const file = path.join(directory, expected.path);
    const found = await stat(file).catch((cause: unknown) => {
      throw new ModelError(file, 'is missing', { cause });
    });
    if (found.size !== expected.bytes) {
      throw new ModelError(
        file,
        `is corrupt: it has ${found.size} bytes, its manifest says ${expected.bytes}`,
      );
    }
    const sha256 = await hashFile(file);
    if (sha256 !== expected.sha256) {
      throw new ModelError(
        file,
        `is corrupt: its sha256 is ${sha256}, its manifest says ${expected.sha256}`,
      );
    }
  }
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash).catch((cause: unknown) => {
    throw new ModelError(file, 'cannot be read', { cause });
  });
  return hash.digest('hex');
}

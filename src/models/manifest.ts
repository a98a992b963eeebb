import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { ModelError } from './model-error.js';
import type { IssueLabel, ModelKind } from './model-kind.js';
import { readModelJson } from './read-model-json.js';

const MANIFEST_FILE = 'manifest.json';

const relativePath = z
  .string()
  .regex(/^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]*$/, 'must be a path inside the model folder');
const probability = z.number().min(0).max(1);

/** A linear model beside the encoder; see `linear-model.ts`. */
const linearSchema = z.object({
  file: relativePath,
  buckets: z
    .number()
    .int()
    .min(1)
    .max(1 << 20),
  scales: z.array(z.number().nonnegative()),
  biases: z.array(z.number()),
  temperature: z.number().positive(),
  /** The encoder's share of the answer. */
  weight: probability,
});

/** `manifest.json` beside a model: what it is and how to tell that its files are whole. */
const manifestSchema = z.object({
  schema: z.literal(1),
  name: z.string().min(1),
  version: z.string().min(1),
  licence: z.string().min(1),
  base: z.string().min(1),
  preparation: z.number().int().positive(),
  /** In the order of the logits. */
  labels: z.array(z.string().min(1)).min(2),
  maxTokens: z.number().int().min(8).max(512),
  inputs: z.array(z.enum(['input_ids', 'attention_mask', 'token_type_ids'])).min(2),
  temperature: z.number().positive(),
  thresholds: z.record(z.string(), probability),
  linear: linearSchema.optional(),
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

type AnyManifest = z.output<typeof manifestSchema>;
export type LinearSettings = z.output<typeof linearSchema>;

/** The manifest of a model that tells these labels apart. */
export interface ModelManifest<Label extends string = IssueLabel>
  extends Omit<AnyManifest, 'labels' | 'thresholds'> {
  readonly labels: readonly Label[];
  /** Probability from which a label is acted on, in [0, 1]. */
  readonly thresholds: Readonly<Record<Label, number>>;
}

/**
 * Reads and parses `manifest.json` of a model and makes sure that it tells the kind's labels apart.
 *
 * @throws {ModelError} naming the file, when it is missing, not JSON or not such a manifest
 */
export async function readManifest<Label extends string>({
  directory,
  labels,
}: ModelKind<Label>): Promise<ModelManifest<Label>> {
  const manifest = await readAnyManifest(directory);
  const file = path.join(directory, MANIFEST_FILE);
  const wanted = labels.join(', ');
  if (manifest.labels.join(', ') !== wanted) {
    throw new ModelError(
      file,
      `is not a model manifest for this use: its labels must be ${wanted}`,
    );
  }
  const own: Partial<Record<Label, number>> = {};
  for (const label of labels) {
    const threshold = manifest.thresholds[label];
    if (threshold === undefined) throw new ModelError(file, `has no threshold for ${label}`);
    own[label] = threshold;
  }
  const { linear } = manifest;
  if (linear && !(sameLength(linear.scales, labels) && sameLength(linear.biases, labels))) {
    throw new ModelError(file, 'has a linear model for another count of labels');
  }
  if (linear && !manifest.files.some((listed) => listed.path === linear.file)) {
    throw new ModelError(file, `does not list ${linear.file} among its files`);
  }
  return { ...manifest, labels, thresholds: own as Record<Label, number> };
}

function sameLength(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length;
}

/**
 * Reads and parses `manifest.json` in any model's folder.
 *
 * @throws {ModelError} naming the file, when it is missing, not JSON or not a manifest
 */
export async function readAnyManifest(directory: string): Promise<AnyManifest> {
  const file = path.join(directory, MANIFEST_FILE);
  return readModelJson(file, manifestSchema, 'is not a model manifest');
}

/**
 * Compares each file's size and sha256 with the manifest.
 *
 * @throws {ModelError} naming the first file that is missing or differs
 */
export async function verifyModelFiles(
  manifest: Pick<AnyManifest, 'files'>,
  directory: string,
): Promise<void> {
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

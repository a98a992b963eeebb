import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PreTrainedTokenizer } from '@huggingface/transformers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';
import type { Encoding } from './encoder.js';
import { type LinearModel, loadLinearModel } from './linear-model.js';
import { type ModelManifest, readManifest, verifyModelFiles } from './manifest.js';
import { ModelError } from './model-error.js';
import type { IssueLabel, ModelKind } from './model-kind.js';

const MODEL_FILE = 'onnx/model_quantized.onnx';

/** A loaded encoder in the calling thread. `encode` computes and blocks while it does. */
export interface EncoderSession<Label extends string = IssueLabel> {
  readonly manifest: ModelManifest<Label>;
  /** @param features for the linear model beside the encoder; left out, the encoder answers alone */
  encode(text: string, features?: readonly number[]): Promise<Encoding>;
}

/**
 * Verifies a model's files against its manifest and loads tokenizer and ONNX session.
 *
 * @param threads threads inside one inference, 1 or more
 * @param modelFile the ONNX file to load in place of the manifest's, for benchmarks
 * @throws {ModelError} naming the file that is missing, corrupt or not what it should be
 */
export async function loadEncoderSession<Label extends string>(
  kind: ModelKind<Label>,
  threads: number,
  modelFile = path.join(kind.directory, MODEL_FILE),
): Promise<EncoderSession<Label>> {
  const { directory } = kind;
  const manifest = await readManifest(kind);
  await verifyModelFiles(manifest, directory);
  const tokenizer = await loadTokenizer(directory);
  const session = await openSession(modelFile, threads);
  const linear = manifest.linear ? await loadLinearModel(directory, manifest.linear) : null;
  return {
    manifest,
    async encode(text, features) {
      const start = performance.now();
      const ids = tokenize(tokenizer, text, manifest.maxTokens);
      const outputs = await session.run(feedsFor(manifest, ids));
      const logits = Array.from(numbers(outputs.logits, modelFile, 'logits'));
      const embedding = Float32Array.from(numbers(outputs.embedding, modelFile, 'embedding'));
      if (logits.length !== manifest.labels.length) {
        const wanted = manifest.labels.length;
        throw new ModelError(
          modelFile,
          `gave ${logits.length} logits, its manifest has ${wanted} labels`,
        );
      }
      const answer = together(linear, logits, manifest.temperature, features);
      return { logits: answer, embedding, tokens: ids.length, ms: performance.now() - start };
    },
  };
}

/** The encoder's logits, with the linear model's say where there is one and it has been asked. */
function together(
  linear: LinearModel | null,
  logits: readonly number[],
  temperature: number,
  features: readonly number[] | undefined,
): readonly number[] {
  if (linear === null || features === undefined) return logits;
  return linear.blend(logits, temperature, features);
}

async function loadTokenizer(directory: string): Promise<PreTrainedTokenizer> {
  const [tokenizer, config] = await Promise.all(
    ['tokenizer.json', 'tokenizer_config.json'].map(async (name) => {
      const file = path.join(directory, name);
      try {
        return JSON.parse(await readFile(file, 'utf8')) as unknown;
      } catch (cause) {
        throw new ModelError(file, 'cannot be read', { cause });
      }
    }),
  );
  return new PreTrainedTokenizer(tokenizer, config);
}

/**
 * ONNX Runtime's fused "add, then layer norm" is several times slower on a CPU than the two by
 * themselves: without it a text takes 6 to 10 % less time.
 */
const SLOW_FUSION_OFF = {
  optimization: { disable_specified_optimizers: 'SkipLayerNormFusion' },
};

async function openSession(file: string, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(file, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      extra: SLOW_FUSION_OFF,
    });
  } catch (cause) {
    throw new ModelError(file, 'cannot be loaded by ONNX Runtime', { cause });
  }
}

const tokenIds = z.array(z.number().int().nonnegative());

/** Token ids with the special ones around them, cut at `maxTokens` (the end marker stays). */
function tokenize(tokenizer: PreTrainedTokenizer, text: string, maxTokens: number): number[] {
  const encoded = tokenizer(text, {
    truncation: true,
    max_length: maxTokens,
    return_tensor: false,
  });
  return tokenIds.parse(encoded.input_ids);
}

function feedsFor(
  { inputs }: Pick<ModelManifest, 'inputs'>,
  ids: readonly number[],
): Record<string, Tensor> {
  const shape = [1, ids.length];
  const filled = { input_ids: BigInt64Array.from(ids, BigInt) } as Record<string, BigInt64Array>;
  filled.attention_mask = new BigInt64Array(ids.length).fill(1n);
  filled.token_type_ids = new BigInt64Array(ids.length);
  return Object.fromEntries(
    inputs.map((name) => [
      name,
      new Tensor('int64', filled[name] ?? new BigInt64Array(ids.length), shape),
    ]),
  );
}

function numbers(tensor: Tensor | undefined, file: string, output: string): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) {
    throw new ModelError(file, `has no float output called "${output}"`);
  }
  return tensor.data;
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { LinearSettings } from './manifest.js';
import { ModelError } from './model-error.js';

/** A linear model over hashed features that answers together with an encoder. */
export interface LinearModel {
  /**
   * Mixes its own answer into the encoder's: the weighted mean of both models' log-probabilities
   * ("logarithmic opinion pool"; Heskes, "Selecting weighting factors in logarithmic opinion pools",
   * NIPS 1997).
   *
   * @param logits the encoder's
   * @param temperature the encoder's
   * @param features bucket numbers; those that are none are passed over
   * @returns logits for the same temperature: their softmax over it is the mixed answer
   */
  blend(
    logits: readonly number[],
    temperature: number,
    features: readonly number[],
  ): readonly number[];
}

/**
 * Loads the weights that `training/sentinel_training/change_linear.py` writes: a signed byte for
 * each bucket and label, the labels of a bucket side by side.
 *
 * @param directory the model's folder, whose files have been verified
 * @throws {ModelError} when the file has another size than its settings say
 */
export async function loadLinearModel(
  directory: string,
  { file, buckets, scales, biases, temperature, weight }: LinearSettings,
): Promise<LinearModel> {
  const found = path.join(directory, file);
  const bytes = await readFile(found).catch((cause: unknown) => {
    throw new ModelError(found, 'cannot be read', { cause });
  });
  const labels = scales.length;
  if (bytes.length !== buckets * labels) {
    throw new ModelError(found, `has ${bytes.length} bytes, ${buckets * labels} are wanted`);
  }
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    blend(logits, encoderTemperature, features) {
      const own = linearLogits(weights, { scales, biases, buckets }, features);
      const linear = logSoftmax(own.map((logit) => logit / temperature));
      const encoder = logSoftmax(logits.map((logit) => logit / encoderTemperature));
      return encoder.map(
        (value, label) =>
          (weight * value + (1 - weight) * (linear[label] ?? 0)) * encoderTemperature,
      );
    },
  };
}

/** Biases and the features' scaled weights over √(their count): rows of unit length. */
function linearLogits(
  weights: Int8Array,
  { scales, biases, buckets }: Pick<LinearSettings, 'scales' | 'biases' | 'buckets'>,
  features: readonly number[],
): number[] {
  const sums = scales.map(() => 0);
  const known = features.filter(
    (bucket) => Number.isInteger(bucket) && bucket >= 0 && bucket < buckets,
  );
  for (const bucket of known) {
    for (let label = 0; label < sums.length; label += 1) {
      sums[label] = (sums[label] ?? 0) + (weights[bucket * sums.length + label] ?? 0);
    }
  }
  const length = Math.sqrt(Math.max(1, known.length));
  return sums.map((sum, label) => (biases[label] ?? 0) + ((scales[label] ?? 0) * sum) / length);
}

function logSoftmax(logits: readonly number[]): number[] {
  const highest = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - highest), 0);
  return logits.map((logit) => logit - highest - Math.log(sum));
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadLinearModel } from '../../src/models/linear-model.js';
import { ModelError } from '../../src/models/model-error.js';

const SETTINGS = {
  file: 'linear.bin',
  buckets: 4,
  scales: [0.5, 0.1],
  biases: [1, -1],
  temperature: 2,
  weight: 0.6,
};

function softmax(logits: readonly number[]): number[] {
  const parts = logits.map(Math.exp);
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => part / sum);
}

describe('the linear model', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'sentinel-linear-'));
    // Two labels side by side for each of four buckets.
    const weights = Int8Array.from([10, -20, 0, 0, -128, 127, 4, 4]);
    writeFileSync(path.join(directory, 'linear.bin'), weights);
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('gives the weighted mean of both log-probabilities at the encoder’s temperature', async () => {
    const { blend } = await loadLinearModel(directory, SETTINGS);
    const features = [0, 3];
    const own = [1 + (0.5 * 14) / Math.SQRT2, -1 + (0.1 * -16) / Math.SQRT2];
    const linear = softmax(own.map((logit) => logit / 2));
    const encoder = softmax([2 / 1.5, 3 / 1.5]);
    const mixed = encoder.map((p, i) =>
      Math.exp(0.6 * Math.log(p) + 0.4 * Math.log(linear[i] ?? 0)),
    );
    const expected = mixed.map((value) => value / mixed.reduce((sum, one) => sum + one, 0));
    const found = softmax(blend([2, 3], 1.5, features).map((logit) => logit / 1.5));
    found.forEach((probability, i) => {
      expect(probability).toBeCloseTo(expected[i] ?? 0, 12);
    });
  });

  it('passes over what is no bucket, and answers without features', async () => {
    const { blend } = await loadLinearModel(directory, SETTINGS);
    const strange = [0, 3, -1, 4, 1.5, Number.NaN, 1e9];
    expect(blend([1, 2], 1, strange)).toEqual(blend([1, 2], 1, [0, 3]));
    expect(blend([1, 2], 1, []).every(Number.isFinite)).toBe(true);
  });

  it('refuses a file of another size and a missing one by name', async () => {
    const longer = loadLinearModel(directory, { ...SETTINGS, buckets: 5 });
    await expect(longer).rejects.toThrow(/linear\.bin has 8 bytes, 10 are wanted/);
    const missing = loadLinearModel(directory, { ...SETTINGS, file: 'other.bin' });
    await expect(missing).rejects.toBeInstanceOf(ModelError);
  });
});

import { truncateSync } from 'node:fs';
import { copyFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ModelUnavailableError } from '../../src/models/encoder.js';
import { ISSUE_ENCODER } from '../../src/models/model-kind.js';
import { type ModelWatch, watchModel } from '../../src/models/watch-model.js';
import { copyModel, type ModelCopy } from '../support/copy-model.js';
import { until } from '../support/run-sentinel.js';

let copy: ModelCopy;
let watch: ModelWatch | undefined;
beforeEach(() => {
  copy = copyModel();
});
afterEach(() => {
  watch?.close();
  copy.remove();
});

it('names a damaged file, asks to come back, and notices that it is restored', async () => {
  truncateSync(copy.modelFile, 1000);
  const told: string[] = [];
  const kind = { ...ISSUE_ENCODER, directory: copy.directory };
  const own = watchModel(kind, { retryMs: 20, onProblem: (error) => told.push(String(error)) });
  watch = own;
  await until(async () => own.problem ?? undefined, 'a problem');
  expect(own.problem).toContain(copy.modelFile);
  let thrown: unknown;
  try {
    own.demand();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ModelUnavailableError);
  expect((thrown as ModelUnavailableError).retryAt.getTime()).toBeGreaterThan(Date.now() - 1000);
  // At once: a half-copied file would be another problem to tell of.
  const whole = `${copy.modelFile}.whole`;
  await copyFile(path.join(ISSUE_ENCODER.directory, 'onnx', 'model_quantized.onnx'), whole);
  await rename(whole, copy.modelFile);
  await until(async () => (own.problem === null ? true : undefined), 'a whole model');
  expect(() => own.demand()).not.toThrow();
  expect(told).toHaveLength(1);
});

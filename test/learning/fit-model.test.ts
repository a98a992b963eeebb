import { expect, it } from 'vitest';
import { componentLogits, type FittedModel } from '../../src/learning/fit-model.js';
import { denseMatrix } from '../../src/learning/matrix.js';

const [ROWS, GROUPS] = [10_000, 100];

it('keeps the logits of many issues and labels in little memory', () => {
  const one = Float32Array.of(1);
  const matrix = denseMatrix(new Array<Float32Array>(ROWS).fill(one), 1);
  const rows = new Array<{ embedding: Float32Array; encoderLogits: number[] }>(ROWS).fill({
    embedding: one,
    encoderLogits: [0, 0, 0],
  });
  const group = { labels: ['a'], exclusive: false, complete: false };
  const model: FittedModel = {
    vocabulary: { buckets: Uint32Array.of(1), idf: one },
    temperature: 1,
    groups: Array.from({ length: GROUPS }, (_, index) => ({
      group,
      zeroConfigClasses: [null, null],
      text: Float64Array.of(index, 1),
      embedding: Float64Array.of(2, index),
    })),
  };
  const before = process.memoryUsage().heapUsed;
  const logitsAt = componentLogits(model, { rows, text: matrix, embedding: matrix });
  // As objects they took 500 MB.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(50e6);
  expect(logitsAt(ROWS - 1, 7)).toEqual({ text: [8, 0], embedding: [9, 0], zeroConfig: [0, 0] });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiplyMatrices } from '../../src/models/multiply-matrices.js';
import { denseOf, sparseOf } from '../support/matrices.js';

const COLUMNS = 7;
/** Rows of which most entries are 0. */
const rows: fc.Arbitrary<number[][]> = fc.array(
  fc.array(fc.constantFrom<number[]>(0, 0, 0, 1, -0.5, 2.25), {
    minLength: COLUMNS,
    maxLength: COLUMNS,
  }),
  { minLength: 1, maxLength: 12 },
);

describe('rowProducts', () => {
  it('is the product of each row with each, of sparse and of dense rows', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const wanted = all.flatMap((row) =>
          all.map((other) => row.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0)),
        );
        const rowsOf = all.map((row) => [...row.entries()].filter(([, value]) => value !== 0));
        expect([...(await sparseOf(rowsOf, COLUMNS).rowProducts())]).toEqual(wanted);
        expect([...(await denseOf(rowsOf, COLUMNS).rowProducts())]).toEqual(wanted);
      }),
    );
  });
});

describe('multiplyMatrices', () => {
  it('multiplies matrices of any two sizes that fit', async () => {
    const a = { values: Float32Array.of(1, 2, 3, 4, 5, 6), rows: 2, columns: 3 };
    const b = { values: Float32Array.of(1, 0, 2), rows: 3, columns: 1 };
    expect([...(await multiplyMatrices(a, b))]).toEqual([7, 16]);
  });

  it('refuses sizes that do not fit', async () => {
    const a = { values: Float32Array.of(1, 2), rows: 1, columns: 2 };
    await expect(multiplyMatrices(a, a)).rejects.toThrow();
  });
});

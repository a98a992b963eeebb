import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiplyMatrices } from '../../src/models/multiply-matrices.js';
import { denseOf, sparseOf } from '../support/matrices.js';

const FULL_COLUMNS = 3;
const COLUMNS = 23;
/** Rows with entries in a few columns that most have, and in one of many that few have. */
const rows: fc.Arbitrary<number[][]> = fc.array(
  fc
    .record({
      full: fc.array(fc.constantFrom<number[]>(0, 1, -0.5, 2.25), {
        minLength: FULL_COLUMNS,
        maxLength: FULL_COLUMNS,
      }),
      rare: fc.integer({ min: FULL_COLUMNS, max: COLUMNS - 1 }),
    })
    .map(({ full, rare }) =>
      Array.from({ length: COLUMNS }, (_, i) => full[i] ?? (i === rare ? 1.5 : 0)),
    ),
  { minLength: 1, maxLength: 60, size: 'max' },
);

describe('rowProducts', () => {
  const productsOf = (all: readonly number[][]) =>
    all.flatMap((row) =>
      all.map((other) => row.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0)),
    );

  it('is right where no column is full, and where all are', async () => {
    const apart = Array.from({ length: 20 }, (_, row) => [[row, 2]] as [number, number][]);
    const products = await sparseOf(apart, 20).rowProducts();
    expect([...products]).toEqual(Array.from({ length: 400 }, (_, i) => (i % 21 === 0 ? 4 : 0)));
    expect([...(await sparseOf([[[0, 3]], [[0, 2]]], 1).rowProducts())]).toEqual([9, 6, 6, 4]);
  });

  it('is the product of each row with each, of sparse and of dense rows', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const wanted = productsOf(all);
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

import { denseMatrix, type Matrix, sparseMatrix } from '../../src/learning/matrix.js';

/** Of each row the columns that are not 0, with their values. */
export type SparseRow = readonly (readonly [column: number, value: number])[];

/** Rows as a sparse matrix. */
export function sparseOf(rows: readonly SparseRow[], columns: number): Matrix {
  const entries = rows.flat();
  let end = 0;
  return sparseMatrix({
    starts: Uint32Array.from([0, ...rows.map((row) => (end += row.length))]),
    at: Uint32Array.from(entries, ([column]) => column),
    values: Float32Array.from(entries, ([, value]) => value),
    columns,
  });
}

/** The same rows as a dense matrix. */
export function denseOf(rows: readonly SparseRow[], columns: number): Matrix {
  const dense = rows.map((row) => {
    const values = new Float32Array(columns);
    for (const [column, value] of row) values[column] = value;
    return values;
  });
  return denseMatrix(dense, columns);
}

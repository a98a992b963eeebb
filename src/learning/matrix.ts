/** Rows of features, as the solver needs them. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** The product of one row and a vector that begins at `offset` in `weights`. */
  product(row: number, weights: Float64Array, offset: number): number;
  /** Adds `factor` times one row to the vector that begins at `offset` in `target`. */
  addTo(row: number, factor: number, target: Float64Array, offset: number): void;
}

/** A row that is mostly zeros: ascending columns and their values. */
export interface SparseRow {
  readonly columns: Uint32Array;
  readonly values: Float32Array;
}

/** Sparse rows as a matrix. */
export function sparseMatrix(rows: readonly SparseRow[], columns: number): Matrix {
  return {
    rows: rows.length,
    columns,
    product(row, weights, offset) {
      const { columns: at, values } = rows[row] as SparseRow;
      let sum = 0;
      for (let i = 0; i < at.length; i += 1) {
        sum += (values[i] as number) * (weights[offset + (at[i] as number)] as number);
      }
      return sum;
    },
    addTo(row, factor, target, offset) {
      const { columns: at, values } = rows[row] as SparseRow;
      for (let i = 0; i < at.length; i += 1) {
        const position = offset + (at[i] as number);
        target[position] = (target[position] as number) + factor * (values[i] as number);
      }
    },
  };
}

/** Rows without zeros, all of one length, as a matrix. */
export function denseMatrix(rows: readonly Float32Array[], columns: number): Matrix {
  return {
    rows: rows.length,
    columns,
    product(row, weights, offset) {
      const values = rows[row] as Float32Array;
      let sum = 0;
      for (let i = 0; i < columns; i += 1) {
        sum += (values[i] as number) * (weights[offset + i] as number);
      }
      return sum;
    },
    addTo(row, factor, target, offset) {
      const values = rows[row] as Float32Array;
      for (let i = 0; i < columns; i += 1) {
        target[offset + i] = (target[offset + i] as number) + factor * (values[i] as number);
      }
    },
  };
}

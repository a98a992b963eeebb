/** Rows of features, as the solver needs them: all rows at once. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Fills `products`, one a row, with the product of each row and `vector`. */
  multiply(vector: Float64Array, products: Float64Array): void;
  /** Adds to `sum`, one a column, each row times its factor. */
  addRows(factors: Float64Array, sum: Float64Array): void;
  /** Adds to `sum`, one a column, the squares of each row's values times its factor. */
  addSquares(factors: Float64Array, sum: Float64Array): void;
}

/** Rows that are mostly zeros. */
export interface SparseRows {
  /** Where each row begins in `at` and `values`; last, where all end. */
  readonly starts: Uint32Array;
  /** Columns and their values. */
  readonly at: Uint32Array;
  readonly values: Float32Array;
  readonly columns: number;
}

/** Sparse rows as a matrix. */
export function sparseMatrix(rows: SparseRows): Matrix {
  return new SparseMatrix(rows);
}

/** Rows without zeros, all of one length, as a matrix. */
export function denseMatrix(rows: readonly Float32Array[], columns: number): Matrix {
  const values = new Float32Array(rows.length * columns);
  for (const [row, own] of rows.entries()) values.set(own, row * columns);
  return new DenseMatrix(values, rows.length, columns);
}

class SparseMatrix implements Matrix {
  readonly rows: number;
  readonly columns: number;

  constructor(private readonly entries: SparseRows) {
    this.rows = entries.starts.length - 1;
    this.columns = entries.columns;
  }

  multiply(vector: Float64Array, products: Float64Array): void {
    const { rows } = this;
    const { starts, at, values } = this.entries;
    for (let row = 0; row < rows; row += 1) {
      const end = starts[row + 1] as number;
      let sum = 0;
      for (let i = starts[row] as number; i < end; i += 1) {
        sum += (values[i] as number) * (vector[at[i] as number] as number);
      }
      products[row] = sum;
    }
  }

  addRows(factors: Float64Array, sum: Float64Array): void {
    const { rows } = this;
    const { starts, at, values } = this.entries;
    for (let row = 0; row < rows; row += 1) {
      const factor = factors[row] as number;
      const end = starts[row + 1] as number;
      for (let i = starts[row] as number; i < end; i += 1) {
        const column = at[i] as number;
        sum[column] = (sum[column] as number) + factor * (values[i] as number);
      }
    }
  }

  addSquares(factors: Float64Array, sum: Float64Array): void {
    const { rows } = this;
    const { starts, at, values } = this.entries;
    for (let row = 0; row < rows; row += 1) {
      const factor = factors[row] as number;
      const end = starts[row + 1] as number;
      for (let i = starts[row] as number; i < end; i += 1) {
        const column = at[i] as number;
        const value = values[i] as number;
        sum[column] = (sum[column] as number) + factor * value * value;
      }
    }
  }
}

/** Rows that are worked on at once: each number of the vector is then read once for all of them. */
const TOGETHER = 4;

class DenseMatrix implements Matrix {
  constructor(
    private readonly values: Float32Array,
    readonly rows: number,
    readonly columns: number,
  ) {}

  multiply(vector: Float64Array, products: Float64Array): void {
    const { rows, columns, values } = this;
    const whole = rows - (rows % TOGETHER);
    for (let row = 0; row < whole; row += TOGETHER) {
      const start = row * columns;
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let i = 0; i < columns; i += 1) {
        const weight = vector[i] as number;
        a += weight * (values[start + i] as number);
        b += weight * (values[start + columns + i] as number);
        c += weight * (values[start + 2 * columns + i] as number);
        d += weight * (values[start + 3 * columns + i] as number);
      }
      products[row] = a;
      products[row + 1] = b;
      products[row + 2] = c;
      products[row + 3] = d;
    }
    for (let row = whole; row < rows; row += 1) {
      let sum = 0;
      for (let i = 0; i < columns; i += 1) {
        sum += (vector[i] as number) * (values[row * columns + i] as number);
      }
      products[row] = sum;
    }
  }

  addRows(factors: Float64Array, sum: Float64Array): void {
    const { rows, columns, values } = this;
    const whole = rows - (rows % TOGETHER);
    for (let row = 0; row < whole; row += TOGETHER) {
      const start = row * columns;
      const a = factors[row] as number;
      const b = factors[row + 1] as number;
      const c = factors[row + 2] as number;
      const d = factors[row + 3] as number;
      for (let i = 0; i < columns; i += 1) {
        sum[i] =
          (sum[i] as number) +
          a * (values[start + i] as number) +
          b * (values[start + columns + i] as number) +
          c * (values[start + 2 * columns + i] as number) +
          d * (values[start + 3 * columns + i] as number);
      }
    }
    for (let row = whole; row < rows; row += 1) {
      const factor = factors[row] as number;
      for (let i = 0; i < columns; i += 1) {
        sum[i] = (sum[i] as number) + factor * (values[row * columns + i] as number);
      }
    }
  }

  addSquares(factors: Float64Array, sum: Float64Array): void {
    const { rows, columns, values } = this;
    for (let row = 0; row < rows; row += 1) {
      const factor = factors[row] as number;
      for (let i = 0; i < columns; i += 1) {
        const value = values[row * columns + i] as number;
        sum[i] = (sum[i] as number) + factor * value * value;
      }
    }
  }
}

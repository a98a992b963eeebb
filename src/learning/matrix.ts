import { multiplyMatrices } from '../models/multiply-matrices.js';

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
  /** The product of each row with each, row after row. */
  rowProducts(): Promise<Float32Array>;
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

  /** Column by column: each adds to the products of the rows that have an entry in it. */
  async rowProducts(): Promise<Float32Array> {
    const size = this.rows;
    const entries = byColumn(this.entries);
    const { starts, rows, values } = entries;
    const full = fullColumns(entries, size);
    const products = await denseOf(entries, full, size).rowProducts();
    for (let column = 0, passed = 0; column < this.columns; column += 1) {
      if (column === full[passed]) {
        passed += 1;
        continue;
      }
      const first = starts[column] as number;
      const end = starts[column + 1] as number;
      for (let i = first; i < end; i += 1) {
        const line = (rows[i] as number) * size;
        const value = values[i] as number;
        for (let j = first; j <= i; j += 1) {
          const place = line + (rows[j] as number);
          products[place] = (products[place] as number) + value * (values[j] as number);
        }
      }
    }
    for (let row = 0; row < size; row += 1) {
      for (let other = 0; other < row; other += 1) {
        products[other * size + row] = products[row * size + other] as number;
      }
    }
    return products;
  }
}

/** Share of a column's rows from which on it is multiplied whole, zeros and all. */
const FULL = 1 / 16;

/** Entries column after column; `starts` as in `SparseRows`, rows of a column ascend. */
interface SparseColumns {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  readonly values: Float32Array;
}

/** The columns with few zeros, ascending. Their pairs of rows are most of all pairs. */
function fullColumns({ starts }: SparseColumns, rows: number): number[] {
  const full: number[] = [];
  for (let column = 0; column + 1 < starts.length; column += 1) {
    const entries = (starts[column + 1] as number) - (starts[column] as number);
    if (entries > rows * FULL) full.push(column);
  }
  return full;
}

function denseOf({ starts, rows, values }: SparseColumns, picked: readonly number[], size: number) {
  const dense = new Float32Array(size * picked.length);
  for (const [index, column] of picked.entries()) {
    for (let i = starts[column] as number; i < (starts[column + 1] as number); i += 1) {
      dense[(rows[i] as number) * picked.length + index] = values[i] as number;
    }
  }
  return new DenseMatrix(dense, size, picked.length);
}

/** Which rows have an entry in each column, and its value. */
function byColumn({ starts, at, values, columns }: SparseRows): SparseColumns {
  const ends = new Uint32Array(columns + 1);
  for (const column of at) ends[column + 1] = (ends[column + 1] as number) + 1;
  for (let i = 0; i < columns; i += 1) ends[i + 1] = (ends[i + 1] as number) + (ends[i] as number);
  const next = ends.slice(0, columns);
  const rows = new Uint32Array(at.length);
  const own = new Float32Array(at.length);
  for (let row = 0; row + 1 < starts.length; row += 1) {
    for (let i = starts[row] as number; i < (starts[row + 1] as number); i += 1) {
      const column = at[i] as number;
      const place = next[column] as number;
      rows[place] = row;
      own[place] = values[i] as number;
      next[column] = place + 1;
    }
  }
  return { starts: ends, rows, values: own };
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
  rowProducts(): Promise<Float32Array> {
    const { values, rows, columns } = this;
    const turned = new Float32Array(values.length);
    for (let row = 0; row < rows; row += 1) {
      for (let i = 0; i < columns; i += 1) {
        turned[i * rows + row] = values[row * columns + i] as number;
      }
    }
    return multiplyMatrices(
      { values, rows, columns },
      { values: turned, rows: columns, columns: rows },
    );
  }
}

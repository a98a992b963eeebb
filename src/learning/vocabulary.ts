import { type Matrix, sparseMatrix } from './matrix.js';
import { FIELDS, type TermTable } from './term-table.js';
import { FIELD_WEIGHTS } from './text-terms.js';

/** More buckets than this cost time and file size and gain nothing. */
const MOST_BUCKETS = 65_536;
/** A term of a body that stands in one issue only says nothing about others. */
const FEWEST_ISSUES = [1, 2, 1] as const;

/** The terms a head knows: buckets, ascending, and how rare each is. */
export interface Vocabulary {
  readonly buckets: Uint32Array;
  readonly idf: Float32Array;
}

/**
 * Learns the vocabulary of a history; idf is smoothed as scikit-learn's `TfidfTransformer` does.
 *
 * @param rows those of the table to learn from
 */
export function learnVocabulary(table: TermTable, rows: readonly number[]): Vocabulary {
  const issues = new Uint32Array(table.buckets.length);
  const fewest = new Uint8Array(table.buckets.length);
  for (const row of rows) {
    for (let field = 0; field < FIELDS; field += 1) {
      const end = table.starts[row * FIELDS + field + 1] as number;
      for (let i = table.starts[row * FIELDS + field] as number; i < end; i += 1) {
        const term = table.terms[i] as number;
        issues[term] = (issues[term] as number) + 1;
        fewest[term] = FEWEST_ISSUES[field] as number;
      }
    }
  }
  const often = (term: number) => issues[term] as number;
  const known = new Uint32Array(issues.length);
  let count = 0;
  for (let term = 0; term < issues.length; term += 1) {
    if (often(term) === 0 || often(term) < (fewest[term] as number)) continue;
    known[count] = term;
    count += 1;
  }
  let kept = known.subarray(0, count);
  if (kept.length > MOST_BUCKETS) {
    kept = kept
      .sort((a, b) => often(b) - often(a) || a - b)
      .slice(0, MOST_BUCKETS)
      .sort();
  }
  const idf = new Float32Array(kept.length);
  for (let i = 0; i < kept.length; i += 1) {
    idf[i] = Math.log((1 + rows.length) / (1 + often(kept[i] as number))) + 1;
  }
  return { buckets: kept.map((term) => table.buckets[term] as number), idf };
}

/**
 * TF-IDF of issues: sublinear term frequency times idf, each field scaled to its own weight's
 * length, so that a long body does not drown a title.
 *
 * @param rows those of the table to take, in this order
 */
export function textMatrix(
  table: TermTable,
  rows: readonly number[],
  { buckets, idf }: Vocabulary,
): Matrix {
  const columns = columnsOf(table.buckets, buckets);
  const starts = new Uint32Array(rows.length + 1);
  const most = rows.reduce((sum, row) => sum + sizeOf(table, row), 0);
  const at = new Uint32Array(most);
  const values = new Float32Array(most);
  let filled = 0;
  for (const [index, row] of rows.entries()) {
    for (let field = 0; field < FIELDS; field += 1) {
      const first = filled;
      let squares = 0;
      const end = table.starts[row * FIELDS + field + 1] as number;
      for (let i = table.starts[row * FIELDS + field] as number; i < end; i += 1) {
        const column = columns[table.terms[i] as number] as number;
        if (column < 0) continue;
        const value = (table.frequencies[i] as number) * (idf[column] as number);
        squares += value * value;
        at[filled] = column;
        values[filled] = value;
        filled += 1;
      }
      const scale = squares > 0 ? (FIELD_WEIGHTS[field] as number) / Math.sqrt(squares) : 0;
      for (let i = first; i < filled; i += 1) values[i] = (values[i] as number) * scale;
    }
    starts[index + 1] = filled;
  }
  return sparseMatrix({
    starts,
    at: at.subarray(0, filled),
    values: values.subarray(0, filled),
    columns: buckets.length,
  });
}

/** Where each term's bucket stands in a vocabulary's, -1 where it does not; both ascend. */
function columnsOf(terms: Uint32Array, buckets: Uint32Array): Int32Array {
  const columns = new Int32Array(terms.length).fill(-1);
  for (let term = 0, column = 0; term < terms.length && column < buckets.length; term += 1) {
    while ((buckets[column] as number) < (terms[term] as number)) column += 1;
    if (buckets[column] === terms[term]) columns[term] = column;
  }
  return columns;
}

function sizeOf({ starts }: TermTable, row: number): number {
  return (starts[(row + 1) * FIELDS] as number) - (starts[row * FIELDS] as number);
}

import { FIELD_WEIGHTS, type FieldTerms } from './text-terms.js';

/** Fields of an issue, see `FieldTerms`. */
export const FIELDS = FIELD_WEIGHTS.length;

/** The terms of many issues in flat arrays, made once and used by every fit. */
export interface TermTable {
  /** Distinct buckets, ascending; a term is its place in them. */
  readonly buckets: Uint32Array;
  /** Where each field of each row begins in `terms`: `row · FIELDS + field`; last, where all end. */
  readonly starts: Uint32Array;
  readonly terms: Uint32Array;
  /** How often each stands in its field, sublinearly: 1 + ln(count). */
  readonly frequencies: Float32Array;
}

/** Puts the terms of issues in a table, in their order. */
export function tabulate(documents: readonly FieldTerms[]): TermTable {
  const fields = documents.flat();
  const starts = new Uint32Array(fields.length + 1);
  for (const [index, { buckets }] of fields.entries()) {
    starts[index + 1] = (starts[index] as number) + buckets.length;
  }
  const found = new Uint32Array(starts.at(-1) ?? 0);
  const frequencies = new Float32Array(found.length);
  for (const [index, { buckets, counts }] of fields.entries()) {
    const start = starts[index] as number;
    found.set(buckets, start);
    for (let i = 0; i < counts.length; i += 1) {
      frequencies[start + i] = 1 + Math.log(counts[i] as number);
    }
  }
  const buckets = distinct(found);
  const terms = found.map((bucket) => placeOf(bucket, buckets));
  return { buckets, starts, terms, frequencies };
}

function distinct(values: Uint32Array): Uint32Array {
  const sorted = values.toSorted();
  return sorted.filter((value, index) => index === 0 || value !== sorted[index - 1]);
}

/** Where a number stands in ascending ones; -1 where it does not. */
export function placeOf(value: number, ascending: Uint32Array): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = ascending[middle] as number;
    if (found === value) return middle;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

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
export function tabulate(documents: Iterable<FieldTerms>): TermTable {
  const found: number[] = [];
  const frequencies: number[] = [];
  const starts = [0];
  for (const document of documents) {
    for (let field = 0; field < FIELDS; field += 1) {
      for (const [bucket, count] of document[field] ?? []) {
        found.push(bucket);
        frequencies.push(1 + Math.log(count));
      }
      starts.push(found.length);
    }
  }
  const buckets = distinct(found);
  return {
    buckets,
    starts: Uint32Array.from(starts),
    terms: Uint32Array.from(found, (bucket) => placeOf(bucket, buckets)),
    frequencies: Float32Array.from(frequencies),
  };
}

function distinct(values: readonly number[]): Uint32Array {
  const sorted = Uint32Array.from(values).sort();
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

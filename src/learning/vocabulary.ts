import type { SparseRow } from './matrix.js';
import { FIELD_WEIGHTS, type FieldTerms } from './text-terms.js';

/** More buckets than this cost time and file size and gain nothing. */
const MOST_BUCKETS = 65_536;
/** A term of a body that stands in one issue only says nothing about others. */
const FEWEST_ISSUES = [1, 2, 1] as const;

/** The terms a head knows: buckets, ascending, and how rare each is. */
export interface Vocabulary {
  readonly buckets: Uint32Array;
  readonly idf: Float32Array;
}

/** Learns the vocabulary of a history; idf is smoothed as scikit-learn's `TfidfTransformer` does. */
export function learnVocabulary(documents: readonly FieldTerms[]): Vocabulary {
  const frequency = new Map<number, number>();
  const kept: number[] = [];
  for (const [field, fewest] of FEWEST_ISSUES.entries()) {
    const own = new Map<number, number>();
    for (const document of documents) {
      for (const bucket of document[field]?.keys() ?? []) {
        own.set(bucket, (own.get(bucket) ?? 0) + 1);
      }
    }
    for (const [bucket, count] of own) {
      if (count < fewest) continue;
      frequency.set(bucket, count);
      kept.push(bucket);
    }
  }
  const often = (bucket: number) => frequency.get(bucket) ?? 0;
  const chosen = [...new Set(kept)]
    .sort((a, b) => often(b) - often(a) || a - b)
    .slice(0, MOST_BUCKETS);
  const buckets = Uint32Array.from(chosen).sort();
  const idf = Float32Array.from(
    buckets,
    (bucket) => Math.log((1 + documents.length) / (1 + often(bucket))) + 1,
  );
  return { buckets, idf };
}

/** Looks up where a bucket stands in a vocabulary. */
export function columnsOf(vocabulary: Vocabulary): ReadonlyMap<number, number> {
  return new Map(Array.from(vocabulary.buckets, (bucket, column) => [bucket, column]));
}

/**
 * TF-IDF of an issue: sublinear term frequency times idf, each field scaled to its own weight's
 * length, so that a long body does not drown a title.
 */
export function vectorOf(
  document: FieldTerms,
  vocabulary: Vocabulary,
  columns: ReadonlyMap<number, number>,
): SparseRow {
  const entries: [number, number][] = [];
  for (const [field, terms] of document.entries()) {
    const own: [number, number][] = [];
    let squares = 0;
    for (const [bucket, count] of terms) {
      const column = columns.get(bucket);
      if (column === undefined) continue;
      const value = (1 + Math.log(count)) * (vocabulary.idf[column] as number);
      squares += value * value;
      own.push([column, value]);
    }
    const scale = squares > 0 ? (FIELD_WEIGHTS[field] ?? 1) / Math.sqrt(squares) : 0;
    for (const [column, value] of own) entries.push([column, value * scale]);
  }
  entries.sort(([a], [b]) => a - b);
  return {
    columns: Uint32Array.from(entries, ([column]) => column),
    values: Float32Array.from(entries, ([, value]) => value),
  };
}

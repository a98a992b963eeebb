import type { LabelledIssue } from './labelled-issue.js';
import { structureTokens } from './structure-tokens.js';

const TITLE_CHARACTERS = 1000;
const BODY_CHARACTERS = 20_000;
/** Words of a body that are read: the rest is logs more often than not. */
const MOST_WORDS = 1500;
const WORD = /[\p{L}\p{N}_]{2,}/gu;

/** A field's terms: distinct buckets, ascending, and how often each occurs. */
export interface Terms {
  readonly buckets: Uint32Array;
  readonly counts: Uint32Array;
}

/** Those of each field by itself. */
export type FieldTerms = readonly Terms[];

/** How much each field counts; the order of `FieldTerms`. */
export const FIELD_WEIGHTS = [1, 1, 0.5] as const;

/**
 * An issue as hashed terms: words and pairs of words of the title, those of the body, and its
 * structure. The fields don't share buckets on purpose: "crash" in a title says more.
 */
export function termsOf(issue: Omit<LabelledIssue, 'labels' | 'createdAt'>): FieldTerms {
  const title = issue.title.slice(0, TITLE_CHARACTERS);
  const body = (issue.body ?? '').slice(0, BODY_CHARACTERS);
  const { authorAssociation } = issue;
  return [
    countTerms('title', wordsAndPairs(title)),
    countTerms('body', wordsAndPairs(body)),
    countTerms('structure', structureTokens({ title, body, authorAssociation })),
  ];
}

function wordsAndPairs(text: string): string[] {
  const words = (text.toLowerCase().match(WORD) ?? []).slice(0, MOST_WORDS);
  const pairs = words.slice(1).map((word, index) => `${words[index]} ${word}`);
  return [...words, ...pairs];
}

/** Sorted numbers rather than a map: no object a term. */
function countTerms(field: string, terms: readonly string[]): Terms {
  const hashes = new Uint32Array(terms.length);
  for (const [index, term] of terms.entries()) hashes[index] = hash(`${field}\n${term}`);
  hashes.sort();
  const buckets = new Uint32Array(hashes.length);
  const counts = new Uint32Array(hashes.length);
  let last = -1;
  for (const [index, bucket] of hashes.entries()) {
    if (index === 0 || bucket !== buckets[last]) last += 1;
    buckets[last] = bucket;
    counts[last] = (counts[last] as number) + 1;
  }
  return { buckets: buckets.slice(0, last + 1), counts: counts.slice(0, last + 1) };
}

/** FNV-1a over UTF-16 units, 32 bits (Fowler, Noll and Vo; public domain). */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}

import type { LabelledIssue } from './labelled-issue.js';
import { pathWords } from './path-words.js';
import { structureTokens } from './structure-tokens.js';

const TITLE_CHARACTERS = 1000;
const BODY_CHARACTERS = 20_000;
/** Words of a body that are read: the rest is logs more often than not. */
const MOST_WORDS = 1500;
/** The hash of no text. */
const EMPTY = 0x811c9dc5;
const WORD = /[\p{L}\p{N}_]{2,}/gu;

/** A field's terms: distinct buckets, ascending, and how often each occurs. */
export interface Terms {
  readonly buckets: Uint32Array;
  readonly counts: Uint32Array;
}

/** Those of each field by itself. */
export type FieldTerms = readonly Terms[];

const [TITLE, BODY, STRUCTURE] = [hash('title\n'), hash('body\n'), hash('structure\n')];
const PATHS = hash('paths\n');
const NONE: Terms = { buckets: new Uint32Array(), counts: new Uint32Array() };

/** How much each field counts; the order of `FieldTerms`. */
export const FIELD_WEIGHTS = [1, 1, 0.5] as const;

/** What terms are made of. */
export type ReadIssue = Omit<LabelledIssue, 'labels' | 'createdAt'>;

/**
 * An issue as hashed terms: words and pairs of words of the title, those of the body, and its
 * structure; of a pull request the words of its paths, which have no order and no structure. The
 * fields don't share buckets on purpose: "crash" in a title says more.
 */
export function termsOf(issue: ReadIssue): FieldTerms {
  const title = issue.title.slice(0, TITLE_CHARACTERS);
  const titled = countTerms(wordsAndPairs(TITLE, title));
  if (issue.paths) return [titled, countTerms(hashesOf(PATHS, pathWords(issue.paths))), NONE];
  const body = (issue.body ?? '').slice(0, BODY_CHARACTERS);
  const { authorAssociation } = issue;
  return [
    titled,
    countTerms(wordsAndPairs(BODY, body)),
    countTerms(hashesOf(STRUCTURE, structureTokens({ title, body, authorAssociation }))),
  ];
}

function hashesOf(field: number, words: readonly string[]): Uint32Array {
  return Uint32Array.from(words, (word) => hash(word, field));
}

/** The hash of each word, and of each with the one before and a space between. */
function wordsAndPairs(field: number, text: string): Uint32Array {
  const words = (text.toLowerCase().match(WORD) ?? []).slice(0, MOST_WORDS);
  const hashes = new Uint32Array(Math.max(0, 2 * words.length - 1));
  let before = 0;
  for (const [index, word] of words.entries()) {
    const own = hash(word, field);
    hashes[index] = own;
    if (index > 0) hashes[words.length + index - 1] = hash(word, hash(' ', before));
    before = own;
  }
  return hashes;
}

/** Sorts the hashes and counts equal ones; no map, that would take an object a term. */
function countTerms(hashes: Uint32Array): Terms {
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

/**
 * FNV-1a over UTF-16 units, 32 bits (Fowler, Noll and Vo; public domain).
 *
 * @param before the hash of what stands before the text: `hash(b, hash(a))` is `hash(a + b)`
 */
export function hash(text: string, before = EMPTY): number {
  let value = before;
  for (let i = 0; i < text.length; i += 1) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}

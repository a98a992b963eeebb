import { hash } from './text-terms.js';

const SHINGLE_WORDS = 4;
const HASHES = 24;
const BAND = 4;
/** Share of common shingles from which two texts count as one. */
const ALIKE = 0.85;
const MOST_WORDS = 300;

/**
 * Finds texts that all but repeat an earlier one, so that a flood of the same issue counts once:
 * MinHash bands name candidates (Broder, "On the resemblance and containment of documents", 1997),
 * and the shared shingles decide.
 *
 * @returns for each text whether it repeats an earlier one
 */
export function nearDuplicates(texts: readonly string[]): boolean[] {
  const buckets = new Map<string, number[]>();
  const shingles = texts.map(shinglesOf);
  return texts.map((_, index) => {
    const own = shingles[index] as Set<number>;
    const keys = bandKeys(own);
    const near = new Set(keys.flatMap((key) => buckets.get(key) ?? []));
    for (const other of near) {
      if (similarity(own, shingles[other] as Set<number>) >= ALIKE) return true;
    }
    for (const key of keys) buckets.set(key, [...(buckets.get(key) ?? []), index]);
    return false;
  });
}

/** Runs of four words without digits and signs, hashed; a short text is one. */
function shinglesOf(text: string): Set<number> {
  const words = (text.toLowerCase().match(/\p{L}+/gu) ?? []).slice(0, MOST_WORDS);
  if (words.length === 0) return new Set([hash(text)]);
  const shingles = new Set<number>();
  const last = Math.max(0, words.length - SHINGLE_WORDS);
  for (let first = 0; first <= last; first += 1) {
    const end = Math.min(words.length, first + SHINGLE_WORDS);
    let shingle = hash(words[first] as string);
    for (let i = first + 1; i < end; i += 1) shingle = hash(words[i] as string, hash(' ', shingle));
    // V8 keeps signed whole numbers without an object each.
    shingles.add(shingle | 0);
  }
  return shingles;
}

function bandKeys(shingles: ReadonlySet<number>): string[] {
  const least = Array.from({ length: HASHES }, (_, seed) => {
    const multiplier = (Math.imul(seed + 1, 0x9e3779b1) | 1) >>> 0;
    let lowest = 0xffffffff;
    for (const shingle of shingles) {
      let value = Math.imul(shingle ^ (seed * 0x85ebca6b), multiplier);
      value = Math.imul(value ^ (value >>> 15), 0xc2b2ae35) >>> 0;
      if (value < lowest) lowest = value;
    }
    return lowest;
  });
  return Array.from(
    { length: HASHES / BAND },
    (_, band) => `${band}:${least.slice(band * BAND, (band + 1) * BAND).join(',')}`,
  );
}

function similarity(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let shared = 0;
  for (const value of a) if (b.has(value)) shared += 1;
  return shared / (a.size + b.size - shared);
}

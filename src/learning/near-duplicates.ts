import { hash } from './text-terms.js';

const SHINGLE_WORDS = 4;
const HASHES = 24;
const BAND = 4;
/** Share of common shingles from which two texts count as one. */
const ALIKE = 0.85;
const MOST_WORDS = 300;
/**
 * Texts of one bucket that another is compared with, the newest: more share one only if they share a
 * form, and what repeats one of them shares buckets without the form, too.
 */
const MOST_COMPARED = 200;

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
  /** For each text the last one that it was compared with: it may share several bands with it. */
  const compared = new Int32Array(texts.length).fill(-1);
  return shingles.map((own, index) => {
    const keys = bucketKeys(own);
    for (const key of keys) {
      for (const other of (buckets.get(key) ?? []).slice(-MOST_COMPARED)) {
        if (compared[other] === index) continue;
        compared[other] = index;
        if (areAlike(own, shingles[other] as Int32Array)) return true;
      }
    }
    for (const key of keys) {
      const bucket = buckets.get(key);
      if (bucket) bucket.push(index);
      else buckets.set(key, [index]);
    }
    return false;
  });
}

/** Runs of four words without digits and signs, hashed, ascending; a short text is one. */
function shinglesOf(text: string): Int32Array {
  const words = (text.toLowerCase().match(/\p{L}+/gu) ?? []).slice(0, MOST_WORDS);
  if (words.length === 0) return Int32Array.of(hash(text));
  const shingles = new Set<number>();
  const last = Math.max(0, words.length - SHINGLE_WORDS);
  for (let first = 0; first <= last; first += 1) {
    const end = Math.min(words.length, first + SHINGLE_WORDS);
    let shingle = hash(words[first] as string);
    for (let i = first + 1; i < end; i += 1) shingle = hash(words[i] as string, hash(' ', shingle));
    // V8 keeps signed whole numbers without an object each.
    shingles.add(shingle | 0);
  }
  return Int32Array.from(shingles).sort();
}

/** Of the bands, and of all shingles, so that exact repeats share a bucket with nothing else in it. */
function bucketKeys(shingles: Int32Array): string[] {
  const all = shingles.reduce((value, shingle) => Math.imul(value ^ shingle, 0x9e3779b1), 1);
  return [...bandKeys(shingles), `all:${all}`];
}

function bandKeys(shingles: Int32Array): string[] {
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

/** Gives up as soon as too few can be shared: of a flood of the same form, nearly all pairs are compared. */
function areAlike(a: Int32Array, b: Int32Array): boolean {
  const fewest = Math.floor((ALIKE * (a.length + b.length)) / (1 + ALIKE));
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [one, other] = [a[i] as number, b[j] as number];
    if (one === other) shared += 1;
    if (one <= other) i += 1;
    if (other <= one) j += 1;
    if (i - shared > a.length - fewest || j - shared > b.length - fewest) return false;
  }
  return shared / (a.length + b.length - shared) >= ALIKE;
}

import { asUtf8 } from './as-utf8.js';

/** A line of the input, or the news that it was too long to keep. */
export type BoundedLine =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly tooLong: true };

const LINE_FEED = 0x0a;

/**
 * Splits a text's bytes into lines and never holds more than one line and one chunk. A line over the limit
 * is skipped to its end without being kept.
 */
export async function* boundedLines(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<BoundedLine> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let number = 1;
  const take = (part: Uint8Array) => {
    length += part.length;
    if (length > limit) parts = [];
    // A copy: the chunk may be larger than the part, and would be kept with it.
    else if (part.length > 0) parts.push(Uint8Array.from(part));
  };
  const finish = (): BoundedLine => {
    const line: BoundedLine =
      length > limit
        ? { number, tooLong: true }
        : { number, text: Buffer.concat(parts).toString('utf8') };
    parts = [];
    length = 0;
    number += 1;
    return line;
  };
  for await (const chunk of asUtf8(chunks)) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, start);
      if (end < 0) break;
      take(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
    }
    take(chunk.subarray(start));
  }
  if (length > 0) yield finish();
}

/**
 * Text cut by code points, as Python counts: a surrogate pair is one, a lone surrogate is one too.
 */

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** The first `limit` code points; reads no further than those. */
export function firstCodePoints(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = 0;
  for (let count = 0; count < limit && end < text.length; count += 1) {
    const pair = isHigh(text.charCodeAt(end)) && isLow(text.charCodeAt(end + 1));
    end += pair ? 2 : 1;
  }
  return text.slice(0, end);
}

/** The last `limit` code points. */
export function lastCodePoints(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let start = text.length;
  for (let count = 0; count < limit && start > 0; count += 1) {
    const pair = isLow(text.charCodeAt(start - 1)) && isHigh(text.charCodeAt(start - 2));
    start -= pair ? 2 : 1;
  }
  return text.slice(start);
}

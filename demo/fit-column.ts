const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Codes that move the cursor, colour or reorder text: an issue's title must not reach them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const NO_WIDTH = /^[\p{Mark}\u200b-\u200d\ufeff]+$/u;

/** Text that is safe to print on one line of a terminal. */
export function oneLine(text: string): string {
  return text.replace(UNSAFE, ' ').trim();
}

/** Columns that a terminal uses for the text. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += segmentWidth(segment);
  return width;
}

/**
 * Cuts or pads text to exactly `width` columns, never inside a character.
 *
 * @example
 * fitColumn('日本語のタイトル', 7); // '日本語…'
 */
export function fitColumn(text: string, width: number): string {
  const line = oneLine(text);
  const full = displayWidth(line);
  if (full <= width) return line + ' '.repeat(width - full);
  let kept = '';
  let used = 0;
  for (const { segment } of segmenter.segment(line)) {
    const next = segmentWidth(segment);
    if (used + next > width - 1) break;
    kept += segment;
    used += next;
  }
  return `${kept}…${' '.repeat(width - 1 - used)}`;
}

function segmentWidth(segment: string): number {
  if (NO_WIDTH.test(segment)) return 0;
  return WIDE.test(segment) ? 2 : 1;
}

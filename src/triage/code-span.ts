import { firstCodePoints } from './code-points.js';

const SHOWN_CHARACTERS = 200;

/**
 * Control characters, and letters that are not seen or turn the direction of those beside them. The
 * joiner inside an emoji, as in 🧑‍💻, is part of what is seen.
 */
const UNSEEN =
  /(?!(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic}))[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Any text as Markdown's inline code on one line: nothing in it is a mention, a link, markup or
 * HTML. Letters that hide something show as `�`; what is longer than 200 characters is cut.
 */
export function codeSpan(text: string): string {
  const seen = text.replace(/\s+/g, ' ').replace(UNSEEN, '\ufffd');
  const short = firstCodePoints(seen, SHOWN_CHARACTERS);
  const shown = short.length < seen.length ? `${short}…` : short;
  if (shown.trim() === '') {
    return '(empty)';
  }
  // Longer than any run of backticks inside it.
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  return fence === '`' ? `\`${shown}\`` : `${fence} ${shown} ${fence}`;
}

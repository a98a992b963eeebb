import { firstCodePoints } from './code-points.js';
import { codeSpan } from './code-span.js';

const SHOWN_CHARACTERS = 300;

/** What stands between straight quotes, or a word. */
const PIECE = /"([^"]*)"|\S+/g;
/** A word with the marks around it. */
const WORD = /^(\(?)(.*?)([).,;:!?]*)$/su;
/** Letters with a hyphen or an apostrophe inside, a number, a percent sign: no mention, link or markup. */
const PLAIN = /^(?:\p{L}+(?:['’-]\p{L}+)*|[0-9]+(?:\.[0-9]+)?|%)?$/u;

/**
 * A reason as Markdown on one line: its own words as they are, and what it quotes (labels, names,
 * titles) as inline code without the quotes. A word that is more than letters or a number, such as
 * a path or a setting, is inline code too; so whatever a quoted name holds, nothing of it is a
 * mention, a link or markup.
 *
 * @example
 * reasonMarkdown('A person put "bug" on it; labels.fix is false.');
 * // 'A person put `bug` on it; `labels.fix` is false.'
 */
export function reasonMarkdown(text: string): string {
  const line = firstCodePoints(text, SHOWN_CHARACTERS).replace(/\s+/g, ' ');
  return line.replace(PIECE, (piece, quoted: string | undefined, at: number) => {
    const shown = quoted === undefined ? wordMarkdown(piece) : codeSpan(quoted);
    // Backticks of two spans side by side would pair up in another way.
    const touches = shown.startsWith('`') && at > 0 && line.charAt(at - 1) !== ' ';
    return touches ? ` ${shown}` : shown;
  });
}

function wordMarkdown(word: string): string {
  const [, before = '', name = word, after = ''] = WORD.exec(word) ?? [];
  return PLAIN.test(name) ? word : `${before}${codeSpan(name)}${after}`;
}

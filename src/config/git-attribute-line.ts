/** What a line says of an attribute: set, unset, or by `!name` as if nothing had been said. */
export type AttributeState = boolean | null;

/** A line of a `.gitattributes`: a pattern or, behind `[attr]`, the name of a macro, and attributes. */
export interface AttributeLine {
  readonly pattern: string | null;
  readonly macro: string | null;
  /** In the order of the line; where one stands there twice, the last holds. */
  readonly attributes: readonly (readonly [name: string, state: AttributeState])[];
}

const MACRO = '[attr]';
const QUOTED = /^"((?:[^"\\]|\\[^\n])*)"/;
const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v' };

/**
 * Reads one line; null where it says nothing: empty, a comment, or a pattern with `!` in front, which
 * git does not take here.
 *
 * Source: gitattributes(5).
 */
export function parseAttributeLine(line: string): AttributeLine | null {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return null;
  const quoted = QUOTED.exec(text);
  const end = quoted === null ? text.search(/[ \t]|$/) : quoted[0].length;
  const name = quoted === null ? text.slice(0, end) : unquote(quoted[1] ?? '');
  const words = text.slice(end).split(/[ \t]+/);
  const attributes = words.filter((word) => word !== '').map(attributeOf);
  if (quoted === null && name.startsWith(MACRO) && name.length > MACRO.length) {
    return { pattern: null, macro: name.slice(MACRO.length), attributes };
  }
  return name === '' || name.startsWith('!') ? null : { pattern: name, macro: null, attributes };
}

function attributeOf(word: string): [name: string, state: AttributeState] {
  if (word.startsWith('!')) return [word.slice(1), null];
  if (word.startsWith('-')) return [word.slice(1), false];
  const [name = '', ...value] = word.split('=');
  return [name, !/^(?:false|0)$/i.test(value.join('='))];
}

/** What git's quotes hold: escaped letters, and bytes of UTF-8 in octal. */
function unquote(text: string): string {
  const pieces = text.match(/\\[0-7]{3}|\\[^\n]|[^\\]+/g) ?? [];
  return Buffer.concat(
    pieces.map((piece) => {
      if (!piece.startsWith('\\')) return Buffer.from(piece);
      const escaped = piece.slice(1);
      if (escaped.length === 3) return Buffer.from([Number.parseInt(escaped, 8) & 0xff]);
      return Buffer.from(ESCAPES[escaped] ?? escaped);
    }),
  ).toString('utf8');
}

/** File names as diffs write them: quoted, with prefixes, with a time after a tab. */

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
};
/** Longer than any path of 4,096 bytes in octal. */
const QUOTED = /^"((?:[^"\\]|\\[\s\S]){0,20000})"/;
const UTF8_OUT = new TextDecoder('utf-8', { ignoreBOM: true });
const UTF8_IN = new TextEncoder();

/** A name of a `---`, `+++`, `rename` or `copy` line. */
export function parseDiffName(text: string): string {
  const quoted = QUOTED.exec(text);
  if (quoted !== null) return unquote(quoted[1] ?? '');
  const tab = text.indexOf('\t');
  return tab < 0 ? text : text.slice(0, tab);
}

/**
 * What git's C-style quotes hold: `\"`, `\\`, `\n` and the like, and bytes of UTF-8 in octal. Bytes
 * that are no UTF-8 become U+FFFD; a backslash before anything else stays.
 */
function unquote(text: string): string {
  if (!text.includes('\\')) return text;
  const parts: Uint8Array[] = [];
  for (const [piece] of text.matchAll(/\\[0-7]{1,3}|\\[\s\S]|[^\\]+/g)) {
    parts.push(bytesOf(piece));
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return UTF8_OUT.decode(whole);
}

function bytesOf(piece: string): Uint8Array {
  if (!piece.startsWith('\\')) return UTF8_IN.encode(piece);
  if (/^\\[0-7]/.test(piece)) return Uint8Array.of(Number.parseInt(piece.slice(1), 8) & 0xff);
  const escaped = ESCAPES[piece.slice(1)];
  return escaped === undefined ? UTF8_IN.encode(piece) : Uint8Array.of(escaped);
}

/**
 * The two names of a `diff --git` line, which stand there without a mark between them. Both are
 * the same but for their prefix, save in renames, whose own lines name them.
 */
export function namesOfGitLine(rest: string): [before: string, after: string] {
  const quoted = QUOTED.exec(rest);
  if (quoted !== null) {
    return [unquote(quoted[1] ?? ''), parseDiffName(rest.slice(quoted[0].length).trimStart())];
  }
  if (rest.endsWith('"')) {
    const start = rest.indexOf(' "');
    if (start > 0) return [rest.slice(0, start), parseDiffName(rest.slice(start + 1))];
  }
  const middle = (rest.length - 1) / 2;
  const halves: [string, string] = [rest.slice(0, middle), rest.slice(middle + 1)];
  if (
    Number.isInteger(middle) &&
    rest.charAt(middle) === ' ' &&
    tail(halves[0]) === tail(halves[1])
  ) {
    return halves;
  }
  const second = rest.lastIndexOf(' b/');
  return second > 0 ? [rest.slice(0, second), rest.slice(second + 1)] : [rest, rest];
}

/** What follows a name's first folder: all but the prefix. */
function tail(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

/** A name; null for `/dev/null`, which stands for no file. */
export function nameOrNull(name: string | null): string | null {
  return name === '/dev/null' ? null : name;
}

/** Prefixes in pairs: `a/` and `b/`, or those of `diff.mnemonicPrefix`. */
const PREFIX = /^[abciow]\//;

/**
 * Names without git's prefixes and `/dev/null` as null. Prefixes go only where both names have one
 * and they differ, or where the other is missing: `a/x` twice is a folder called `a`.
 */
export function withoutPrefixes(
  before: string | null,
  after: string | null,
): [before: string | null, after: string | null] {
  const left = nameOrNull(before);
  const right = nameOrNull(after);
  const prefixed =
    (left === null || PREFIX.test(left)) &&
    (right === null || PREFIX.test(right)) &&
    left?.charAt(0) !== right?.charAt(0);
  if (!prefixed) return [left, right];
  return [left?.slice(2) ?? null, right?.slice(2) ?? null];
}

/**
 * Character and inline level of the issue preparation.
 *
 * Twin of `training/sentinel_training/issue_text.py`: both must give the same bytes for the same
 * input, so every character class is spelled out and lengths count UTF-16 units. Change one, change
 * the other, and raise PREPARATION_VERSION.
 */

/** Dropped without a trace: controls, soft hyphen, zero-width, bidi, variation selectors. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single code units are meant
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\uffff]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: line breaks other than \n become \n
const LINE_BREAK = /\r\n|[\r\u000b\u000c\u0085\u2028\u2029]/g;
const WIDE_SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const SURROGATE = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g;
const TAG_NAMES =
  'a|abbr|b|blockquote|br|center|code|dd|del|details|div|dl|dt|em|font|h1|h2|h3|h4|h5|h6|hr|i|' +
  'ins|kbd|li|mark|ol|p|picture|pre|s|samp|small|source|span|strike|strong|sub|summary|sup|' +
  'table|tbody|td|th|thead|tr|tt|u|ul|var|video';
const HTML_IMAGE = /<[iI][mM][gG](?:[ /][^<>\n]*)?>/g;
const HTML_TAG = new RegExp(
  `</?(?:${TAG_NAMES}|${TAG_NAMES.toUpperCase()})(?:[ /][^<>\\n]*)?>`,
  'g',
);
const BREAKING_TAG = /<(?:br|BR|hr|HR|td|TD|th|TH|li|LI|p|P)[ />]/g;
const IMAGE = /!\[[^\][\n]*\]\([^()\n]*\)/g;
const LINK = /\[([^\][\n]*)\]\([^()\n]*\)/g;
const URL_TEXT = /https?:\/\/(?:www[.])?([^ \n/<>()\]"'`?#]*)[^ \n<>()\]"'`]*/g;
const MARKS = /[*]{2,}|_{2,}|~~|`+/g;
const HEX = /0x[0-9a-fA-F]{4,}|[0-9a-fA-F]{16,}/g;
const LONG_TOKEN_CHARACTERS = 49;
const LONG_TOKEN = /([!-~]{32})[!-~]{17,}/g;
const PUNCTUATION_RUN = /([!-/:-@[-`{-~])\1{3,}/g;
const LETTER_RUN = /([^ \n])\1{7,}/g;
/** A user must not be able to write the tokenizer's special tokens. */
const MODEL_TOKEN = /\[+(CLS|SEP|PAD|UNK|MASK)\]+/g;
const ENTITIES: readonly (readonly [string, string])[] = [
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&nbsp;', ' '],
  ['&amp;', '&'],
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ASCII = /^[\u0000-\u007f]*$/;

/** Lower-case A-Z only; Unicode folding differs between languages. */
export function asciiLower(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Without the given characters at the end; a loop, as `/x+$/` takes quadratic time. */
export function trimEndOf(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Without the spaces at both ends (only U+0020 is left by then). */
export function trimSpaces(text: string): string {
  let start = 0;
  while (text[start] === ' ') start += 1;
  return trimEndOf(text.slice(start), ' ');
}

/**
 * Cap, normalise line breaks and spaces, drop invisible characters.
 *
 * Characters beyond U+FFFF (emoji, lone surrogates) become a space: the vocabulary does not hold
 * them, and without them both languages count alike.
 */
export function cleanCharacters(raw: string, limit: number): string {
  return raw
    .slice(0, limit)
    .replace(LINE_BREAK, '\n')
    .replace(SURROGATE, ' ')
    .replace(INVISIBLE, '')
    .replaceAll('\t', '    ')
    .replace(WIDE_SPACE, ' ');
}

/** Remove HTML comments; of an unclosed one only the marker goes. */
export function dropComments(text: string): string {
  let kept = '';
  let position = 0;
  for (;;) {
    const start = text.indexOf('<!--', position);
    const end = start >= 0 ? text.indexOf('-->', start + 4) : -1;
    if (end < 0) break;
    kept += text.slice(position, start);
    position = end + 3;
  }
  return kept + text.slice(position).replaceAll('<!--', '');
}

/** The handful of entities people write by hand. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  let decoded = text;
  for (const [entity, character] of ENTITIES) decoded = decoded.replaceAll(entity, character);
  return decoded;
}

/** Shorten what costs many tokens and says little: hashes, long tokens, runs. */
export function squeeze(text: string): string {
  let kept = text.replace(HEX, 'hex');
  if (kept.length >= LONG_TOKEN_CHARACTERS) kept = kept.replace(LONG_TOKEN, '$1');
  kept = kept.replace(PUNCTUATION_RUN, '$1').replace(LETTER_RUN, '$1$1$1');
  if (kept.includes('[')) kept = kept.replace(MODEL_TOKEN, '$1');
  return trimSpaces(kept.replace(/ {2,}/g, ' '));
}

/** One line of Markdown to prose: images, links, tags and emphasis away. */
export function stripInline(line: string): string {
  let text = line;
  // Most lines hold none of these, and a search for two characters is quick.
  if (text.includes('<')) {
    text = text.replace(HTML_IMAGE, ' image ').replace(BREAKING_TAG, ' $&').replace(HTML_TAG, '');
  }
  if (text.includes('](')) text = text.replace(IMAGE, ' image ').replace(LINK, '$1');
  if (text.includes('://')) text = text.replace(URL_TEXT, '$1');
  return squeeze(decodeEntities(text.replace(MARKS, '')));
}

/** At most `limit` units, cut at a space where one is near the end. */
export function cutAtSpace(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const space = limit > 0 ? text.lastIndexOf(' ', limit) : -1;
  return trimSpaces(text.slice(0, space * 2 > limit ? space : limit));
}

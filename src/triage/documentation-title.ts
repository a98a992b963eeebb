/** What is taken for the documentation in a title. */
const DOCUMENTATION = '(?:docs|documentation|readme|docstrings?)';
const FAULT =
  '(?:unclear|wrong|incorrect|outdated|out of date|missing|misleading|inconsistent|confusing|' +
  'incomplete|mistake|improve|update|clarify|correct)';

/** Ways in which a title says that it is about the documentation. */
const ABOUT: readonly RegExp[] = [
  // "[Docs] …", "DOC: …", "Documentation of …"
  /^[^\p{L}\p{N}]*(docs?|documentation)\b/iu,
  // "… in the API docs", "… of the README"
  /\b(?:in|of|to|from) (?:the )?(?:[\w./-]+ )?(docs|readme|docstrings?)\b/i,
  /\b(?:in|of|to) (?:the )?(?:[\w./-]+ )?(documentation)\b/i,
  new RegExp(`\\b(${DOCUMENTATION})\\b.{0,40}\\b${FAULT}\\b`, 'i'),
  new RegExp(`\\b${FAULT}\\b.{0,40}\\b(${DOCUMENTATION})\\b`, 'i'),
  new RegExp(`\\btypos?\\b.{0,80}\\b(${DOCUMENTATION})\\b`, 'i'),
  new RegExp(`\\b(${DOCUMENTATION})\\b.{0,80}\\btypos?\\b`, 'i'),
];

/**
 * What makes it about something else all the same: how documentation is built and shown, something
 * that does not do as it is documented, or a question.
 */
const NOT_ABOUT: readonly RegExp[] = [
  /\b(?:builds?|building|generat\w*|render\w*|ci|fails?|failing|failed|failure|crash\w*)\b/i,
  /\b(?:search|website|sidebar|navbar|slow)\b/i,
  /\b(?:according to|contrary to|than|unlike|differs?|different|match|matches)\b/i,
  /\bas (?:in|per|described|documented|stated)\b/i,
  /\b(?:docs?|documentation) (?:says?|states?|claims?|suggests?)\b/i,
  /\b(?:doc|documentation) (?:comments?|generators?)\b/i,
  /\?/,
];

const MOST_CHARACTERS = 300;

/**
 * The word by which a title says that the issue is about the documentation, or null. Titles only: of
 * issues whose body names the documentation, most are about something else.
 *
 * A rule and not a class of the encoder, for want of labelled issues of many repositories; how often
 * it is right, `npm run bench:documentation` says.
 *
 * @example
 * documentationNamedIn('[Docs] Wrong default of `timeout`'); // 'Docs'
 */
export function documentationNamedIn(title: string): string | null {
  const read = title.slice(0, MOST_CHARACTERS).replace(/\s+/g, ' ');
  if (NOT_ABOUT.some((pattern) => pattern.test(read))) return null;
  for (const pattern of ABOUT) {
    const word = pattern.exec(read)?.[1];
    if (word !== undefined) return word;
  }
  return null;
}

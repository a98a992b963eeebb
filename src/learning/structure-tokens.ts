const BODY_LINES = 1000;
const LINE_CHARACTERS = 300;
const NAME_CHARACTERS = 40;
const HEADING = /^ {0,3}(?:#{1,6} +([^\n]*)|\*\*([^*\n]{2,60})\*\*:?)\s*$/;
const FIELD = /^ {0,3}(?:[-*] +)?\**([A-Za-z][\w /-]{1,30}?)\**:\** *(\S.{0,39})$/;
const TITLE_PREFIX = /^\s*(\[[^\]]{1,30}\]|[A-Za-z][A-Za-z ]{1,19}:)/;
const TRACE = /Traceback|^ +at \S.{0,120}:\d+|Exception|\bError:/m;
const VERSION = /\b\d{1,4}\.\d{1,4}\.\d{1,4}/;
const MOST_FENCES = 4;

/**
 * What an issue's shape says apart from its words: headings of a template and what was filled in
 * under them, form fields, code, stack traces, versions, pictures, questions, length and who wrote.
 */
export function structureTokens(issue: {
  readonly title: string;
  readonly body: string;
  readonly authorAssociation?: string | undefined;
}): string[] {
  const { title, body } = issue;
  const tokens = fieldTokens(body);
  tokens.push(`fences ${Math.min(MOST_FENCES, Math.floor((body.split('```').length - 1) / 2))}`);
  if (TRACE.test(body)) tokens.push('trace');
  if (VERSION.test(body)) tokens.push('version');
  if (title.includes('?')) tokens.push('question in title');
  if (body.includes('?')) tokens.push('question in body');
  if (body.includes('![') || body.includes('<img')) tokens.push('picture');
  tokens.push(`body length ${Math.floor(Math.log2(body.length + 1))}`);
  const words = title.toLowerCase().trim().split(/\s+/);
  tokens.push(`title length ${Math.min(8, Math.floor(words.length / 2))}`);
  tokens.push(`title starts ${words[0]?.slice(0, NAME_CHARACTERS)}`);
  const prefix = TITLE_PREFIX.exec(title)?.[1];
  if (prefix !== undefined) tokens.push(`title prefix ${prefix.toLowerCase()}`);
  if (issue.authorAssociation !== undefined) tokens.push(`author ${issue.authorAssociation}`);
  return tokens;
}

/** Headings and fields, each alone and with its answer. */
function fieldTokens(body: string): string[] {
  const tokens: string[] = [];
  let heading: string | null = null;
  for (const whole of body.split('\n', BODY_LINES)) {
    const line = whole.slice(0, LINE_CHARACTERS).trimEnd();
    const found = HEADING.exec(line);
    if (found) {
      heading = nameOf(found[1] ?? found[2] ?? '');
      tokens.push(`heading ${heading}`);
    } else if (heading !== null && line.trim() !== '') {
      tokens.push(`under ${heading}: ${nameOf(line)}`);
      heading = null;
    }
    const field = FIELD.exec(line);
    if (field) {
      const name = nameOf(field[1] ?? '');
      tokens.push(`field ${name}`, `field ${name}: ${nameOf(field[2] ?? '')}`);
    }
  }
  return tokens;
}

function nameOf(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? [];
  return words.join(' ').slice(0, NAME_CHARACTERS);
}

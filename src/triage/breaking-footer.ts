import { cleanCharacters, dropComments } from './issue-text.js';
import { FENCE } from './markdown-blocks.js';

/** As long as GitHub takes a description. */
const BODY_READ = 65_536;
const FOOTER = /^BREAKING[ -]CHANGES?:(.*)$/;
/** Whole texts by which a filled-in template says that nothing breaks. */
const NOTHING = /^(?:none|no|nope|nothing|nil|n\/?a|not applicable|no breaking changes?)?$/i;
/** What stands around such a text, as in `_None._`. */
const AROUND = /^[-*_`~()[\].!\s]+|[-*_`~()[\].!\s]+$/g;
/** A line that is no text of the footer above it: heading, open box, rule, another footer. */
const OTHER = /^(?:#|[-*+] \[ \]|\*\*[^*]+\*\*:?$|(?:[A-Z][a-z]+-[a-z-]+|Closes|Fixes|Refs):? )/;

/**
 * Whether a description has a `BREAKING CHANGE:` footer that says something, on its line or on the
 * next that is not empty. HTML comments and code are not read, and "none" or "n/a" says nothing.
 */
export function hasBreakingFooter(body: string): boolean {
  const lines = outsideCode(dropComments(cleanCharacters(body, BODY_READ)).split('\n'));
  return lines.some((line, index) => {
    const text = FOOTER.exec(line)?.[1];
    if (text === undefined) return false;
    if (text.trim() !== '') return tells(text);
    const next = lines.slice(index + 1).find((later) => later.trim() !== '');
    return next !== undefined && !OTHER.test(next) && !FOOTER.test(next) && tells(next);
  });
}

function tells(text: string): boolean {
  return !NOTHING.test(text.slice(0, 200).replace(AROUND, ''));
}

const QUOTED = /^ {0,3}>/;

/**
 * Lines that stand in no fenced block; one left open lasts to the end, or to that of the quote it was
 * opened in, as GitHub shows it.
 */
function outsideCode(lines: readonly string[]): string[] {
  let open = '';
  let inQuote = false;
  return lines.filter((line) => {
    const [, marker = '', after = ''] = FENCE.exec(line) ?? [];
    if (inQuote && !QUOTED.test(line)) open = '';
    if (open === '') {
      open = marker;
      inQuote = marker !== '' && QUOTED.test(line);
      return marker === '';
    }
    const closes = marker.startsWith(open) && after.trim() === '';
    if (closes) open = '';
    return false;
  });
}

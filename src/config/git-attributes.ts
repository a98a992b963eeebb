import { Minimatch } from 'minimatch';

/** What `.gitattributes` says of a path; null: nothing. */
export interface LinguistAttributes {
  readonly generated: boolean | null;
  readonly vendored: boolean | null;
}

/** Lines that are looked at, and those among them that say something here. */
const MAX_LINES = 10_000;
const MAX_RULES = 100;
const MAX_PATTERN = 200;

interface Rule {
  readonly matcher: Minimatch;
  readonly generated: boolean | null;
  readonly vendored: boolean | null;
}

/**
 * Reads GitHub Linguist's `linguist-generated` and `linguist-vendored` from a `.gitattributes` at the
 * top of a repository. The last line that matches a path decides; a pattern without a slash matches
 * in every folder. Takes any text.
 *
 * Source: gitattributes(5), and "Overrides" in GitHub Linguist's documentation.
 */
export function parseGitAttributes(text: string): (path: string) => LinguistAttributes {
  const rules = text.split(/\r?\n/, MAX_LINES).flatMap(ruleOf).slice(0, MAX_RULES).reverse();
  const find = (path: string, key: 'generated' | 'vendored'): boolean | null =>
    rules.find((rule) => rule[key] !== null && rule.matcher.match(path))?.[key] ?? null;
  return (path) => ({ generated: find(path, 'generated'), vendored: find(path, 'vendored') });
}

function ruleOf(line: string): Rule[] {
  const words = line.trim().split(/[ \t]+/);
  const [pattern = '', ...attributes] = words;
  const generated = stateOf(attributes, 'linguist-generated');
  const vendored = stateOf(attributes, 'linguist-vendored');
  const unread = pattern === '' || pattern.length > MAX_PATTERN || /^[#!"[]/.test(pattern);
  if (unread || (generated === null && vendored === null)) {
    return [];
  }
  const anchored = pattern.includes('/') ? pattern.replace(/^\//, '') : `**/${pattern}`;
  const matcher = new Minimatch(anchored, {
    dot: true,
    nobrace: true,
    noext: true,
    nonegate: true,
  });
  return [{ matcher, generated, vendored }];
}

/** `name`, `name=true`: set; `-name`, `name=false`: unset; null when it is not there. */
function stateOf(attributes: readonly string[], name: string): boolean | null {
  const found = attributes.findLast((word) => word.replace(/^[-!]/, '').split('=')[0] === name);
  if (found === undefined || found.startsWith('!')) {
    return null;
  }
  return !found.startsWith('-') && !/=(?:false|0)$/i.test(found);
}

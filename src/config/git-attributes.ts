import {
  type AttributeLine,
  type AttributeState,
  parseAttributeLine,
} from './git-attribute-line.js';
import { pathPattern } from './path-pattern.js';

/** What `.gitattributes` says of a path; null: nothing. */
export interface LinguistAttributes {
  readonly generated: boolean | null;
  readonly vendored: boolean | null;
}

const GENERATED = 'linguist-generated';
const VENDORED = 'linguist-vendored';
/** Lines that are looked at, and those among them that say something here; the last win, and count. */
const MAX_LINES = 20_000;
const MAX_RULES = 600;
const MAX_MACROS = 100;

type Attributes = AttributeLine['attributes'];

interface Rule {
  readonly matches: (path: string) => boolean;
  readonly attributes: Attributes;
}

/**
 * Reads GitHub Linguist's `linguist-generated` and `linguist-vendored` from a `.gitattributes` at the
 * top of a repository, macros written out. For each attribute the last line that matches a path and
 * names it decides. Takes any text; of a very long one the last 600 telling lines are read.
 *
 * Source: gitattributes(5), and "Overrides" in GitHub Linguist's documentation.
 */
export function parseGitAttributes(text: string): (path: string) => LinguistAttributes {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .slice(-MAX_LINES)
    .flatMap((line) => parseAttributeLine(line) ?? []);
  const macros = macrosOf(lines);
  const telling = namesThatTell(macros);
  const rules = lines
    .filter(({ attributes }) => attributes.some(([name]) => telling.has(name)))
    .flatMap(({ pattern, attributes }): Rule[] =>
      pattern === null ? [] : [{ matches: pathPattern(pattern), attributes }],
    )
    .slice(-MAX_RULES)
    .reverse();
  return (path) => {
    const said = new Map<string, AttributeState>();
    for (const rule of rules) {
      if (said.has(GENERATED) && said.has(VENDORED)) break;
      if (rule.matches(path)) fill(said, rule.attributes, macros);
    }
    return { generated: said.get(GENERATED) ?? null, vendored: said.get(VENDORED) ?? null };
  };
}

/** Macros by name; of one that is defined twice the last holds. */
function macrosOf(lines: readonly AttributeLine[]): ReadonlyMap<string, Attributes> {
  return new Map(
    lines
      .flatMap(({ macro, attributes }) => (macro === null ? [] : [[macro, attributes] as const]))
      .slice(-MAX_MACROS),
  );
}

/** The two attributes and the macros that lead to one of them, also by other macros. */
function namesThatTell(macros: ReadonlyMap<string, Attributes>): ReadonlySet<string> {
  const names = new Set([GENERATED, VENDORED]);
  let before = 0;
  while (names.size > before) {
    before = names.size;
    for (const [macro, attributes] of macros) {
      if (attributes.some(([name]) => names.has(name))) names.add(macro);
    }
  }
  return names;
}

/** Adds what a line says to what later lines said, which stands; a macro that is set says its own. */
function fill(
  said: Map<string, AttributeState>,
  attributes: Attributes,
  macros: ReadonlyMap<string, Attributes>,
): void {
  for (const [name, state] of attributes.toReversed()) {
    if (said.has(name)) continue;
    said.set(name, state);
    if (state === true) fill(said, macros.get(name) ?? [], macros);
  }
}

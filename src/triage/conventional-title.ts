import { hasBreakingFooter } from './breaking-footer.js';
import { CHANGE_TYPES, type ChangeType } from './changed-file.js';
import { firstCodePoints } from './code-points.js';

/** A title as the Conventional Commits specification (1.0.0) writes it: `type(scope)!: description`. */
export interface ConventionalTitle {
  /** One of the ten, an alias such as `feature` resolved; null for others, such as `revert`. */
  readonly type: ChangeType | null;
  readonly scope: string | null;
  /** A `!` stands before the colon. */
  readonly breaking: boolean;
  readonly description: string;
}

const TITLE_READ = 1000;
const SUGGESTED_CHARACTERS = 120;

/** Other spellings people use for the ten. */
const ALIASES: Readonly<Record<string, ChangeType>> = {
  feature: 'feat',
  features: 'feat',
  bug: 'fix',
  bugfix: 'fix',
  fixes: 'fix',
  hotfix: 'fix',
  doc: 'docs',
  documentation: 'docs',
  styles: 'style',
  refact: 'refactor',
  refactoring: 'refactor',
  performance: 'perf',
  tests: 'test',
  testing: 'test',
  builds: 'build',
  chores: 'chore',
};
/** Words of the convention that are none of the ten. Others need a scope or a mark to be told. */
const OTHER_TYPES: ReadonlySet<string> = new Set(['revert', 'release']);

/** `✨ feat(ui)!: text`, `:sparkles: feat: text` or plain `feat: text`. */
const TITLE =
  /^\s*(?:(?:\p{Extended_Pictographic}\ufe0f?|:[a-z0-9_+-]{1,40}:)\s*)?([A-Za-z][A-Za-z0-9-]{1,19}) ?(?:\(([^()\n]{0,100})\))? ?(!?) ?:[ \t]*(\S[^\n]*)/u;
const OTHER_WORD = /^[a-z][a-z0-9-]*$/;
/** As git and GitHub write it. */
const REVERT_TITLE = /^\s*(?:Revert|Reapply) ["“]/;

/**
 * Reads a conventional title; null for any other. The case of a type does not matter. Another word
 * in lower case makes one with a scope or a mark (`deps(npm): …`, `l10n!: …`), and none without
 * (`note: …`).
 *
 * @example
 * parseConventionalTitle('Feature(ui)!: Dark mode');
 * // { type: 'feat', scope: 'ui', breaking: true, description: 'Dark mode' }
 */
export function parseConventionalTitle(title: string): ConventionalTitle | null {
  const match = TITLE.exec(title.slice(0, TITLE_READ));
  if (match === null) return null;
  const [, word = '', scope = '', mark = '', description = ''] = match;
  const type = typeOfWord(word);
  if (type === null && !OTHER_TYPES.has(word.toLowerCase())) {
    const marked = scope.trim() !== '' || mark === '!';
    if (!marked || !OTHER_WORD.test(word)) return null;
  }
  return {
    type,
    scope: scope.trim() === '' ? null : scope.trim(),
    breaking: mark === '!',
    description: description.trim(),
  };
}

/** A type by its name or an alias, in any case; null for other words. */
function typeOfWord(word: string): ChangeType | null {
  const lowered = word.toLowerCase();
  const named = CHANGE_TYPES.find((type) => type === lowered);
  return named ?? (Object.hasOwn(ALIASES, lowered) ? (ALIASES[lowered] ?? null) : null);
}

/**
 * A title as the change encoder was taught to read it: without its type, which would give the
 * answer away, and without references to issues at its end, which say nothing.
 */
export function titleForModel(title: string): string {
  const conventional = parseConventionalTitle(title);
  let text = (conventional?.description ?? title).slice(0, TITLE_READ).trim();
  for (;;) {
    const open = text.endsWith(')') ? text.lastIndexOf('(') : -1;
    if (open < 0 || !/#[0-9]/.test(text.slice(open))) return text;
    text = text.slice(0, open).trimEnd();
  }
}

/** Whether a title's mark or a footer of the description says that the change is breaking. */
export function statesBreaking(title: string, body: string | null): boolean {
  if (parseConventionalTitle(title)?.breaking === true) return true;
  return body !== null && hasBreakingFooter(body);
}

/** Whether git or GitHub wrote the title of a change that takes another back, or puts it in again. */
export function isRevertTitle(title: string): boolean {
  return REVERT_TITLE.test(title);
}

/** Whether a word and a colon stand in front (`deps: …`), so that no type fits before them. */
export function hasWordInFront(title: string): boolean {
  return TITLE.test(title.slice(0, TITLE_READ));
}

/**
 * The title with a type in front, as the convention wants it; a type that stood there is replaced,
 * its scope and mark stay. One line of at most 120 characters.
 */
export function suggestTitle(type: ChangeType, title: string): string {
  const stated = parseConventionalTitle(title);
  const text = (stated?.description ?? title.slice(0, TITLE_READ)).replace(/\s+/g, ' ').trim();
  // "Add x" becomes "add x"; names such as "API" and "GitHub" in front stay as they are.
  const first = /^[A-Z][a-z]*(?=[ ,.]|$)/.test(text)
    ? text.charAt(0).toLowerCase()
    : text.charAt(0);
  const scope = stated?.scope ? `(${stated.scope})` : '';
  const head = `${type}${scope}${stated?.breaking ? '!' : ''}: `;
  return firstCodePoints(`${head}${first}${text.slice(1)}`, SUGGESTED_CHARACTERS).trimEnd();
}

const ENOUGH_TITLES = 10;
const MOST = 0.6;

/**
 * Whether a repository writes conventional titles, judged by recent ones (commits on its main branch
 * or merged pull requests): six in ten of at least ten. Reverts, which nobody words, don't count.
 */
export function usesConventionalTitles(titles: readonly string[]): boolean {
  const worded = titles.filter((title) => !isRevertTitle(title));
  if (worded.length < ENOUGH_TITLES) return false;
  const conventional = worded.filter((title) => parseConventionalTitle(title) !== null);
  return conventional.length >= MOST * worded.length;
}

/**
 * How the removed and added lines of a change relate, over all its files. The words of a diff hardly
 * tell formatting from a rewrite, or a moved function from a new one; that the same words stand on
 * both sides does.
 *
 * Twin of `training/sentinel_training/change_edits.py`; the golden file
 * `test/golden/prepare-change.json` holds both to the same text and features.
 */
import type { ChangedFile } from './changed-file.js';
import { firstCodePoints } from './code-points.js';
import type { KindOf } from './file-kind.js';
import { byWeight, magnitude, PATCH_CHARACTERS } from './weigh-files.js';

const FILES = 40;
const LINES = 400;
const LINE_CHARACTERS = 160;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are space here
const SPACE = /[\u0000-\u0020\u007f]+/g;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/g;
const COMMENT =
  /^[ \t]*(?:\/\/|#(?!(?:include|define|undef|if|ifdef|ifndef|else|endif|pragma)\b)|\*|\/\*|<!--|--[ \t]|;|"""|''')/;
const IMPORT =
  /^[ \t]*(?:import\b|from[ \t]+[^ \t]+[ \t]+import\b|#include\b|use[ \t]|using[ \t]|package\b|(?:const|let|var)[ \t][^=]*=[ \t]*require\(|export[ \t][^\n]*[ \t]from[ \t])/;
const DEFINITION =
  /\b(?:function|def|fn|func|class|interface|struct|enum|trait|type)[ \t]+[A-Za-z_]|^[ \t]*(?:public|protected|export|pub)\b/;
const GUARD = /\b(?:if|null|None|nil|undefined|catch|except|throw|raise|error|err|guard|check)\b/;

/** Counts over at most 400 changed lines; shares are whole tenths or fifths, null of nothing. */
export interface Edits {
  /** The first that fits. */
  readonly kind: 'none' | 'blank' | 'space' | 'words' | 'comments' | 'other';
  /** Tenths of the added words that were removed elsewhere. */
  readonly addedKnown: number | null;
  /** Tenths of the removed words that were added elsewhere. */
  readonly removedKept: number | null;
  readonly lines: number;
  /** Fifths of the lines. */
  readonly comments: number;
  readonly imports: number;
  /** Lines that define something or check something, among the added and the removed. */
  readonly definitions: readonly [added: number, removed: number];
  readonly guards: readonly [added: number, removed: number];
}

/** Added and removed lines without their sign, those of the most changed files first. */
function changedLines(files: readonly ChangedFile[], kindOf: KindOf) {
  const added: string[] = [];
  const removed: string[] = [];
  for (const { patch } of byWeight(files, kindOf).slice(0, FILES)) {
    for (const line of firstCodePoints(patch ?? '', PATCH_CHARACTERS).split('\n')) {
      if (added.length + removed.length >= LINES) return { added, removed };
      const side = line.startsWith('+') ? added : line.startsWith('-') ? removed : null;
      side?.push(firstCodePoints(line.slice(1), LINE_CHARACTERS));
    }
  }
  return { added, removed };
}

/** Compares both sides of a change. */
export function readEdits(files: readonly ChangedFile[], kindOf: KindOf): Edits {
  const every = changedLines(files, kindOf);
  const added = every.added.filter((line) => withoutSpace(line) !== '');
  const removed = every.removed.filter((line) => withoutSpace(line) !== '');
  const lines = [...added, ...removed];
  const [newer, older] = [countWords(added), countWords(removed)];
  const shared = [...newer.words].reduce(
    (sum, [word, count]) => sum + Math.min(count, older.words.get(word) ?? 0),
    0,
  );
  const fifths = (pattern: RegExp) =>
    lines.length === 0 ? 0 : Math.floor((5 * count(pattern, lines)) / lines.length);
  const tenths = (all: number) => (all === 0 ? null : Math.floor((10 * shared) / all));
  const both = (pattern: RegExp) => [count(pattern, added), count(pattern, removed)] as const;
  const kind = (): Edits['kind'] => {
    if (lines.length === 0) return every.added.length + every.removed.length > 0 ? 'blank' : 'none';
    if (withoutSpace(added.join('')) === withoutSpace(removed.join(''))) return 'space';
    if (newer.all > 0 && newer.all === older.all && shared === newer.all) return 'words';
    return count(COMMENT, lines) === lines.length ? 'comments' : 'other';
  };
  return {
    kind: kind(),
    addedKnown: tenths(newer.all),
    removedKept: tenths(older.all),
    lines: lines.length,
    comments: fifths(COMMENT),
    imports: fifths(IMPORT),
    definitions: both(DEFINITION),
    guards: both(GUARD),
  };
}

function withoutSpace(text: string): string {
  return text.replace(SPACE, '');
}

function count(pattern: RegExp, lines: readonly string[]): number {
  return lines.filter((line) => pattern.test(line)).length;
}

function countWords(lines: readonly string[]) {
  const words = new Map<string, number>();
  let all = 0;
  for (const line of lines) {
    for (const word of line.match(WORD) ?? []) {
      words.set(word, (words.get(word) ?? 0) + 1);
      all += 1;
    }
  }
  return { words, all };
}

const KIND_WORDS: Partial<Record<Edits['kind'], string>> = {
  blank: 'blank lines',
  space: 'space only',
  words: 'same words',
  comments: 'comments only',
};

/** For the encoder's text; what is left out is none. */
export function editLine(edits: Edits): string {
  return [
    KIND_WORDS[edits.kind] ?? '',
    edits.addedKnown === null ? '' : `known ${edits.addedKnown}`,
    edits.removedKept === null ? '' : `kept ${edits.removedKept}`,
    edits.comments > 0 ? `comments ${edits.comments}` : '',
    edits.imports > 0 ? `imports ${edits.imports}` : '',
    pair('defines', edits.definitions),
    pair('guards', edits.guards),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function pair(name: string, [added, removed]: readonly [number, number]): string {
  return added + removed > 0 ? `${name} ${magnitude(added)} ${magnitude(removed)}` : '';
}

/**
 * For the linear model, each also together with the kinds of files.
 *
 * @param kinds sorted
 */
export function editFeatures(edits: Edits, kinds: readonly string[]): string[] {
  const { addedKnown, removedKept, definitions, guards } = edits;
  const coarse = [addedKnown, removedKept]
    .map((share) => (share === null ? '-' : Math.floor(share / 3)))
    .join(' ');
  const [more, fewer] = definitions;
  const found = [
    `x:${edits.kind}`,
    `xa:${addedKnown ?? '-'}`,
    `xr:${removedKept ?? '-'}`,
    `xb:${coarse} ${magnitude(edits.lines)}`,
    `xc:${edits.comments}`,
    `xi:${edits.imports}`,
    `xd:${magnitude(more)} ${magnitude(fewer)}`,
    `xn:${more > fewer ? 'more' : more < fewer ? 'fewer' : 'same'}`,
    `xg:${Math.min(4, guards[0])} ${Math.min(4, guards[1])}`,
  ];
  return [...found, ...found.map((name) => `${name} ${kinds.join(' ')}`)];
}

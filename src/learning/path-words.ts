import { fileKind } from '../triage/file-kind.js';

const MOST_FILES = 100;
/** Whole folders deeper than this say little that those above them don't. */
const MOST_FOLDERS = 5;
const MOST_PARTS = 20;
const PART_CHARACTERS = 40;
const NAME_WORDS = 4;

/**
 * The files of a change in words, one each for a folder with all those above it, a folder's name
 * wherever it stands, an ending, a kind and the words of a name: what a repository's own model reads
 * of a pull request beside its title.
 *
 * @param paths with `/` between their parts; the first 100 are read
 * @returns each word once, in the order of the alphabet
 * @example
 * pathWords(['src/api/routes.ts']);
 * // ['ending_ts', 'has_api', 'has_routes', 'has_src', 'in_src', 'in_src__api', 'kind_source', 'name_routes']
 */
export function pathWords(paths: readonly string[]): string[] {
  const words = new Set<string>();
  for (const path of paths.slice(0, MOST_FILES)) {
    const parts = path.split('/').filter((part) => part !== '');
    const name = parts.at(-1) ?? '';
    const folders = parts.slice(0, -1).slice(0, MOST_PARTS).map(asWord);
    const [stem = ''] = name.split('.').filter((part) => part !== '');
    const top = folders.slice(0, MOST_FOLDERS);
    for (const [index] of top.entries()) words.add(`in_${top.slice(0, index + 1).join('__')}`);
    if (folders.length === 0) words.add('in_top_folder');
    for (const part of [...folders, asWord(stem)]) words.add(`has_${part}`);
    if (name.includes('.')) words.add(`ending_${asWord(name.slice(name.lastIndexOf('.') + 1))}`);
    words.add(`kind_${fileKind(path)}`);
    for (const word of (stem.match(/\p{Lu}?[\p{Ll}\p{N}]+|\p{Lu}+/gu) ?? []).slice(0, NAME_WORDS)) {
      words.add(`name_${asWord(word)}`);
    }
  }
  return [...words].sort();
}

/** A part of a path as one word: letters, digits and underscores in lower case. */
function asWord(part: string): string {
  return part
    .slice(0, PART_CHARACTERS)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_');
}

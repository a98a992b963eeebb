/**
 * Hashed features of a change for the linear model beside the encoder: where the encoder reads a few
 * hundred characters, these see every path and many changed lines.
 *
 * Twin of `training/sentinel_training/change_features.py`; the golden file
 * `test/golden/prepare-change.json` holds both to the same numbers.
 */
import { editFeatures, readEdits } from './change-edits.js';
import type { ChangedFile } from './changed-file.js';
import { firstCodePoints } from './code-points.js';
import { fileKind, isSetAside, type KindOf } from './file-kind.js';
import { byWeight, magnitude, PATCH_CHARACTERS, squeezed } from './weigh-files.js';

const BUCKETS = 1 << 16;
const FILES = 40;
const FILES_FOR_KINDS = 300;
const FOLDERS = 6;
const PATH_READ = 400;
const LINES = 120;
const LINE_CHARACTERS = 160;
const TITLE_READ = 200;
const TITLE_WORDS = 24;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are no words
const WORD = /[A-Za-z]+|[0-9]+|[^A-Za-z0-9\u0000-\u0020\u007f]/gu;
const LETTERS = /[A-Za-z_]{2,}/g;
const BLANK = /^[ \t\r]*$/;
const LONE_SURROGATE = /[\ud800-\udfff]/gu;
const UTF8 = new TextEncoder();

/** 32-bit FNV-1a (Fowler, Noll, Vo) of the UTF-8 bytes; a lone surrogate counts as `?`. */
function fnv1a(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of UTF8.encode(text.replace(LONE_SURROGATE, '?'))) {
    value = Math.imul(value ^ byte, 0x01000193);
  }
  return value >>> 0;
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]+/g, (upper) => upper.toLowerCase());
}

/** Words, pairs of words, the first word apart: titles begin with their verb. */
function titleFeatures(title: string, found: Set<string>): void {
  const matches = squeezed(title, TITLE_READ).match(WORD) ?? [];
  const words = matches.slice(0, TITLE_WORDS).map(asciiLower);
  for (const [index, word] of words.entries()) {
    found.add(`t:${word}`);
    if (index > 0) found.add(`t2:${words[index - 1]} ${word}`);
  }
  if (words.length > 0) found.add(`t0:${words[0]}`).add(`t01:${words.slice(0, 2).join(' ')}`);
}

/** Kind, folders, name and ending of one file. */
function pathFeatures({ path, status }: ChangedFile, kind: string, found: Set<string>): void {
  const parts = asciiLower(squeezed(path, PATH_READ)).split('/');
  const name = parts.at(-1) ?? '';
  const ending = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '';
  found.add(`n:${name}`).add(`e:${ending}`).add(`ks:${kind} ${status}`).add(`ke:${kind} ${ending}`);
  for (const part of parts.slice(0, -1).slice(0, FOLDERS)) found.add(`d:${part}`);
}

/** Which kinds there are, and how large the whole is. */
function wholeFeatures(files: readonly ChangedFile[], kindOf: KindOf, found: Set<string>): void {
  const kinds = [
    ...new Set(files.slice(0, FILES_FOR_KINDS).map(({ path }) => kindOf(path))),
  ].sort();
  for (const kind of kinds) found.add(`k:${kind}`);
  found.add(`ka:${kinds.join(' ')}`);
  for (const name of editFeatures(readEdits(files, kindOf), kinds)) found.add(name);
  const own = files.filter(({ path }) => !isSetAside(kindOf(path)));
  const added = magnitude(own.reduce((sum, file) => sum + file.additions, 0));
  const removed = magnitude(own.reduce((sum, file) => sum + file.deletions, 0));
  found
    .add(`f:${magnitude(files.length)}`)
    .add(`+${added}`)
    .add(`-${removed}`);
  found.add(`+-${added} ${removed}`);
  if (kinds.length === 1) found.add(`o:${kinds[0]} ${added} ${removed}`);
}

/** Words of changed lines, told apart by side and by whether the file is a test. */
function lineFeatures(files: readonly ChangedFile[], kindOf: KindOf, found: Set<string>): void {
  let seen = 0;
  for (const { path, patch } of files) {
    if (patch === null || patch === '') continue;
    const side = kindOf(path) === 'test' ? 'T' : 'L';
    for (const line of firstCodePoints(patch, PATCH_CHARACTERS).split('\n')) {
      if (seen >= LINES) return;
      if (!/^[+-]/.test(line)) continue;
      seen += 1;
      wordFeatures(side + line.slice(0, 1), firstCodePoints(line.slice(1), LINE_CHARACTERS), found);
    }
  }
}

function wordFeatures(mark: string, text: string, found: Set<string>): void {
  const words = (text.match(LETTERS) ?? []).map(asciiLower);
  for (const word of words) found.add(mark + word);
  if (words.length > 0) found.add(`${mark}0${words[0]}`);
  if (BLANK.test(text)) found.add(`${mark}blank`);
}

/**
 * Sorted bucket numbers below 65,536, each once; every one has the value 1/√(their count).
 *
 * @param change title without its Conventional-Commit prefix, and the files
 */
export function changeFeatures(
  change: { readonly title: string; readonly files: readonly ChangedFile[] },
  kindOf: KindOf = fileKind,
): number[] {
  const found = new Set<string>();
  const weighty = byWeight(change.files, kindOf).slice(0, FILES);
  titleFeatures(change.title, found);
  for (const file of weighty) pathFeatures(file, kindOf(file.path), found);
  wholeFeatures(change.files, kindOf, found);
  lineFeatures(weighty, kindOf, found);
  const buckets = new Set([...found].map((name) => fnv1a(name) % BUCKETS));
  return [...buckets].sort((a, b) => a - b);
}

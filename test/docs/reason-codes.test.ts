import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { REPOSITORY } from '../../scripts/run-check.js';

const read = (file: string) => readFileSync(path.join(REPOSITORY, file), 'utf8');
const PAGES = ['docs/how-a-decision-is-made.md', 'docs/pull-requests.md'];

/** The codes in the first column of the tables headed "Code". */
function documented(): Set<string> {
  const tables = PAGES.map((page) => read(page).split(/^\| Code .*$/m)[1] ?? '');
  const cells = tables.join('\n').matchAll(/^\| (`[^|]*) \|/gm);
  return new Set([...cells].flatMap(([, cell = '']) => cell.match(/[a-z:…-]+/g) ?? []));
}

/** The codes that a reason is given by its literal, and those that are put together. */
function given(): Set<string> {
  const folders = ['src/triage', 'src/handlers'];
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(REPOSITORY, folder)).map((name) => `${folder}/${name}`),
  );
  const literals = files.flatMap((file) => [...read(file).matchAll(/code: '([a-z-]+)'/g)]);
  return new Set([
    ...literals.map(([, code = '']) => code),
    'refused:…',
    'check-forbidden',
    'check-refused',
  ]);
}

test('the tables of reasons name every code there is, and no other', () => {
  expect([...documented()].sort()).toEqual([...given()].sort());
});

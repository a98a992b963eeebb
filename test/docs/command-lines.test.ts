import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { REPOSITORY } from '../../scripts/run-check.js';
import { COMMANDS } from '../../src/cli/commands.js';

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  '.env.example',
  ...readdirSync(path.join(REPOSITORY, 'docs'))
    .filter((name) => /\.(md|yml)$/.test(name))
    .map((name) => `docs/${name}`),
];

/** What a page tells people to type: its blocks of code, or all of a file that is no Markdown. */
function typed(page: string): string {
  const text = readFileSync(path.join(REPOSITORY, page), 'utf8');
  if (!page.endsWith('.md')) return text;
  return [...text.matchAll(/^```(?:sh|console)\n(.*?)^```/gms)].map(([, code]) => code).join('');
}

describe.each(PAGES)('%s', (page) => {
  test('calls the command by its name alone', () => {
    expect(typed(page)).not.toMatch(/npx +sentinel/);
  });

  test('names commands that there are', () => {
    const names = COMMANDS.map(({ group, name }) => (group === null ? name : `${group} ${name}`));
    const calls = typed(page).matchAll(/(?:^\$? *|[|] *|: )sentinel ([a-z][a-z -]*)/gm);
    for (const [call, words = ''] of calls) {
      expect(
        names.some((name) => `${words} `.startsWith(`${name} `)),
        call,
      ).toBe(true);
    }
  });
});

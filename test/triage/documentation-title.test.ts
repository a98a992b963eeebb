import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentationNamedIn } from '../../src/triage/documentation-title.js';

describe('documentationNamedIn', () => {
  it.each([
    ['[Docs] `timeout` has another default', 'Docs'],
    ['DOC: parameters of fit', 'DOC'],
    ['docs(api): say when it throws', 'docs'],
    ['📚 Documentation of the plugin system', 'Documentation'],
    ['Dead link in the API docs', 'docs'],
    ['Example of the README does not compile', 'README'],
    ['Explain retries in the documentation', 'documentation'],
    ['Getting-started docs are confusing', 'docs'],
    ['Outdated screenshots on the install page of the docs', 'docs'],
    ['Typo in docs', 'docs'],
    ['README has a typo', 'README'],
    ['Fix typos on the docs page', 'docs'],
    ['Clarify docstring of `split`', 'docstring'],
  ])('sees it in "%s"', (title, word) => {
    expect(documentationNamedIn(title)).toBe(word);
  });

  it.each([
    '',
    'It crashes on start',
    'Add a document viewer',
    'Docker image does not start',
    'Documents are lost after an upgrade',
    'doctor reports the wrong version',
    'Typo in an error message',
    'Documentation build fails on Windows',
    'docs: search finds nothing',
    'Timeout is shorter than the docs say',
    'close() does not behave as described in the docs',
    'Return value differs from the documentation',
    'Return value differs from the docs',
    'Timeout is ignored, contrary to the README of the client',
    'The bot posts docs twice',
    'Docs say 30 seconds, it takes 10',
    'Where is it in the docs?',
    'Support opening README in a tab',
    'Completion breaks in documentation comments',
  ])('does not in "%s"', (title) => {
    expect(documentationNamedIn(title)).toBeNull();
  });

  it('takes any title, of any length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
        const word = documentationNamedIn(title);
        if (word !== null) expect(title).toContain(word);
      }),
    );
    expect(documentationNamedIn('missing '.repeat(1e5))).toBeNull();
    expect(documentationNamedIn(`${'typo '.repeat(1e5)} docs`)).toBeNull();
  });
});

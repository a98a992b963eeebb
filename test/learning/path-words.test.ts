import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pathWords } from '../../src/learning/path-words.js';

it('says folders with those above them, endings, kinds and names', () => {
  expect(pathWords(['src/api/routes.ts'])).toEqual([
    'ending_ts',
    'has_api',
    'has_routes',
    'has_src',
    'in_src',
    'in_src__api',
    'kind_source',
    'name_routes',
  ]);
});

it('takes any path, and says the same whatever the order', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 }), (paths) => {
      const said = pathWords(paths);
      for (const word of said) expect(word).toMatch(/^[\p{L}\p{N}_]+$/u);
      expect(pathWords([...paths].reverse())).toEqual(said);
    }),
  );
});

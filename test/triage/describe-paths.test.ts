import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describePaths } from '../../src/triage/describe-paths.js';

it('says folders with those above them, endings, kinds and names', () => {
  expect(describePaths(['src/api/routes.ts'])).toBe(
    'ending_ts in_src in_src__api kind_source name_routes',
  );
});

it('takes any path, and says the same whatever the order', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 }), (paths) => {
      const said = describePaths(paths);
      expect(said).toMatch(/^[\p{L}\p{N}_ ]*$/u);
      expect(describePaths([...paths].reverse())).toBe(said);
    }),
  );
});

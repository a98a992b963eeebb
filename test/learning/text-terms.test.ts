import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathWords } from '../../src/learning/path-words.js';
import { structureTokens } from '../../src/learning/structure-tokens.js';
import { tabulate } from '../../src/learning/term-table.js';
import { hash, termsOf } from '../../src/learning/text-terms.js';
import { learnVocabulary, textMatrix } from '../../src/learning/vocabulary.js';

const TEMPLATE = `### Version
4.2.1

**Component:** parser

\`\`\`
Error: no such thing
    at parse (index.js:10:3)
\`\`\`
![shot](a.png)`;

describe('termsOf', () => {
  it('tells the same word in title and body apart', () => {
    const [title, body] = termsOf({ title: 'crash', body: 'crash' });
    expect([...(title?.buckets ?? [])]).toEqual([hash('title\ncrash')]);
    expect([...(body?.buckets ?? [])]).toEqual([hash('body\ncrash')]);
  });

  it('counts a word by itself and in pairs, in ascending order', () => {
    const [title] = termsOf({ title: 'a crash, a CRASH: crash', body: null });
    const counts = [...(title?.buckets ?? [])].map((bucket, i) => [bucket, title?.counts[i]]);
    const wanted = [
      [hash('title\ncrash'), 3],
      [hash('title\ncrash crash'), 2],
    ].toSorted(([a = 0], [b = 0]) => a - b);
    expect(counts).toEqual(wanted);
  });

  it('reads the paths of a pull request in place of its body, in any order', () => {
    const paths = ['src/api/routes.ts', 'docs/api.md'];
    const [title, body, structure] = termsOf({ title: 'crash', body: 'crash', paths });
    expect([...(title?.buckets ?? [])]).toEqual([hash('title\ncrash')]);
    const words = pathWords(paths).map((word) => hash(`paths\n${word}`));
    expect([...(body?.buckets ?? [])]).toEqual(words.toSorted((a, b) => a - b));
    expect(structure?.buckets).toHaveLength(0);
    const turned = termsOf({ title: 'crash', body: null, paths: paths.toReversed() });
    expect(turned).toEqual([title, body, structure]);
  });

  it('reads the shape of a filled-in template', () => {
    const tokens = structureTokens({ title: '[Bug] It fails?', body: TEMPLATE });
    expect(tokens).toEqual(
      expect.arrayContaining([
        'heading version',
        'field component: parser',
        'fences 1',
        'trace',
        'version',
        'picture',
        'question in title',
        'title prefix [bug]',
      ]),
    );
  });

  it.each([
    ['nothing', '', null],
    ['lone surrogates and controls', '\ud800\u0000\u202e', '\udfff\r\u0007'],
    ['a huge line', 'a'.repeat(1e6), 'a '.repeat(1e6)],
    ['a huge heading', '#'.repeat(1e5), `${'#'.repeat(1e5)}\n${'*'.repeat(1e5)}`],
    ['many lines', '\n'.repeat(1e5), '\n- a: b'.repeat(1e5)],
    ['spaces without end', ' '.repeat(1e5), `a${' '.repeat(1e6)}:`],
    ['signs without end', '['.repeat(1e5), '-'.repeat(1e5) + ':'.repeat(1e5)],
  ])('takes %s', (_, title, body) => {
    const terms = termsOf({ title, body });
    expect(terms).toHaveLength(3);
    for (const field of terms) expect(field.buckets.length).toBeLessThan(10_000);
  });

  it('makes vectors of finite numbers from whatever text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(fc.array(fc.record({ title: text, body: fc.option(text) })), (issues) => {
        const table = tabulate(issues.map(termsOf));
        const rows = [...issues.keys()];
        const vocabulary = learnVocabulary(table, rows);
        const matrix = textMatrix(table, rows, vocabulary);
        const lengths = new Float64Array(matrix.rows);
        matrix.multiply(new Float64Array(matrix.columns).fill(1), lengths);
        expect(lengths.every(Number.isFinite)).toBe(true);
        const sums = new Float64Array(matrix.columns);
        matrix.addSquares(new Float64Array(matrix.rows).fill(1), sums);
        // Each of the three fields of a row has its own weight's length, or none.
        const [all, most] = [sums.reduce((sum, value) => sum + value, 0), 1 + 1 + 0.25];
        expect(all).toBeLessThanOrEqual(most * issues.length + 1e-3);
      }),
    );
  });
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** What reads the text of a change, whose lines may be a megabyte long. */
const READERS = [
  'parse-diff',
  'measure-hunk',
  'diff-names',
  'hunks',
  'prepare-change',
  'change-features',
  'attribute-change',
  'breaking-change',
  'code-span',
];
const LITERAL = /(?<=[\s(,[!])\/(?![/*\s])((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/[a-z]*/g;
/** A repeated group that ends in something repeated itself, as in `(a+)+`: exponential. */
const NESTED = /[+*]\)(?:[+*]|\{\d+,\})/;
/** Begins anywhere with a run and must then be followed by more, as in `/a+b/`: quadratic. */
const RUN_FIRST = /^(?:\\?[^\\^[(|]|\[(?:[^\]\\]|\\.)*\])[+*](?![?+]?$)(?!\|)/;
/** Read where a text is at most 900 characters long. */
const SHORT_TEXTS = ['[ \\n]+$'];

function slowPatterns(name: string): string[] {
  const source = readFileSync(new URL(`../../src/triage/${name}.ts`, import.meta.url), 'utf8');
  const code = source.replace(/^\s*(?:\/?\*|\/\/).*$/gm, '');
  const patterns = [...code.matchAll(LITERAL)].map(([, pattern = '']) => pattern);
  return patterns.filter((pattern) => NESTED.test(pattern) || RUN_FIRST.test(pattern));
}

it.each(READERS)('%s.ts has no pattern that takes more than linear time', (name) => {
  expect(slowPatterns(name).filter((pattern) => !SHORT_TEXTS.includes(pattern))).toEqual([]);
});

it('would see such a pattern', () => {
  expect(slowPatterns('prepare-change')).toEqual(SHORT_TEXTS);
  expect(['(a+)+', '(?:a*)*b', '(?:x|[ab]+){2,}'].every((one) => NESTED.test(one))).toBe(true);
  expect(['\\s+$', '[ab]*c', 'a+b'].every((one) => RUN_FIRST.test(one))).toBe(true);
  expect(['\\s+', '[A-Z]+', '^a+b', '[a-z]+|b'].some((one) => RUN_FIRST.test(one))).toBe(false);
});

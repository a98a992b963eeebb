import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHunks, printHunks } from '../../src/triage/hunks.js';
import { parseDiff } from '../../src/triage/parse-diff.js';

const line = fc.oneof(
  fc.constantFrom(
    'diff --git a/x b/x',
    'diff --git "a/\\777\\" b/x',
    'diff --cc x',
    'diff --git ',
    '--- a/x',
    '+++ b/x',
    '--- /dev/null',
    '+++ ',
    '@@ -1,3 +1,2 @@ f',
    '@@ -1 +1 @@',
    '@@ -0,0 +999999999999999 @@',
    '@@ -9999999999999999999999 +1 @@',
    '@@@ -1,2 -1 +1 @@@',
    '@@',
    'rename from "',
    'rename to b\u0000',
    'new file mode ',
    'Binary files a/x and b/x differ',
    '\\ No newline at end of file',
    '',
    '\r',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `+${text}`),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `-${text}`),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => ` ${text}`),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const hostile = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\n\n', '')), { maxLength: 60 })
  .map((lines) => lines.flat().join(''));

/** A hunk whose counts agree with its lines. */
const hunk = fc
  .array(fc.tuple(fc.constantFrom(' ', '+', '-'), fc.string({ maxLength: 30 })), { minLength: 1 })
  .map((pairs) => {
    const lines = pairs.map(([mark, text]) => mark + text.replaceAll('\n', ''));
    const count = (other: string) => pairs.filter(([mark]) => mark !== other).length;
    return `@@ -1,${count('+')} +1,${count('-')} @@ f()\n${lines.join('\n')}`;
  });

describe('parseDiff: properties', () => {
  it('never throws, and keeps its word for any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const file of parseDiff(text)) {
          expect(file.path).not.toBe('');
          expect(file.additions + file.deletions).toBeLessThanOrEqual(text.length);
          if (file.patch !== null) {
            expect(text).toContain(file.patch);
            expect(printHunks(parseHunks(file.patch))).toBe(file.patch);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('gives hunks back as they were, and counts what is in them', () => {
    fc.assert(
      fc.property(fc.array(hunk, { minLength: 1, maxLength: 5 }), (hunks) => {
        const patch = hunks.join('\n');
        const files = parseDiff(
          `diff --git a/x b/x\n--- a/x\n+++ b/x\n${patch}\ndiff --git a/y b/y\nold mode 1\nnew mode 2\n`,
        );
        expect(files.map(({ path }) => path)).toEqual(['x', 'y']);
        expect(files[0]?.patch).toBe(patch);
        expect(printHunks(parseHunks(patch))).toBe(patch);
        expect(parseHunks(patch)).toHaveLength(hunks.length);
        const marked = (mark: string) =>
          parseHunks(patch)
            .flatMap(({ lines }) => lines)
            .filter((text) => text.startsWith(mark));
        expect(files[0]?.additions).toBe(marked('+').length);
        expect(files[0]?.deletions).toBe(marked('-').length);
      }),
      { numRuns: 300 },
    );
  });

  it.each(['"', '\\', ' b/', 'a ', '@', '-1 ', '\t', '\u0000', '(', '\\1'])(
    'reads lines of a megabyte of %j',
    (unit) => {
      const long = unit.repeat(1_000_000 / unit.length);
      const starts = [
        'diff --git ',
        'diff --git "',
        'diff --cc "',
        '--- ',
        '+++ "',
        '@@ -1 +1 @@ ',
      ];
      const text = starts.map((start) => `${start}${long}\n+${long}\n`).join('');
      expect(() => parseDiff(text)).not.toThrow();
      expect(() =>
        parseDiff(`diff --git a/x b/x\nrename from "${long}\n@@@ ${long}`),
      ).not.toThrow();
    },
  );
});

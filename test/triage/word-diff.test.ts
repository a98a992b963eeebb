import { expect, it } from 'vitest';
import { parseDiff } from '../../src/triage/parse-diff.js';
import { isWordDiff } from '../../src/triage/word-diff.js';

const HEADER = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n';

it.each([
  ['words', '@@ -1,2 +1,2 @@\none [-two-]{+2+} three\nfour\n'],
  // All of them seem to be context.
  ['words of indented lines', '@@ -1,2 +1,2 @@\n  one [-two-]{+2+} three\n  four\n'],
  ['words, only removed', '@@ -1 +1 @@\none[-two-]\n'],
  ['porcelain', '@@ -1 +1,2 @@\n int \n-x;\n+y;\n~\n+int z;\n~\n'],
  ['porcelain of whole lines', '@@ -1 +1 @@\n-x\n+y\n~\n'],
  ['porcelain after one line that is both', '@@ -1 +1 @@\n int \n-x;\n+y;\n~\n'],
])('a diff of %s is told, and its counts are marked', (_, hunks) => {
  const text = HEADER + hunks;
  expect(parseDiff(text)).toMatchObject([{ path: 'x', cut: true }]);
  expect(isWordDiff(text)).toBe(true);
  expect(isWordDiff(text.replaceAll('\n', '\r\n'))).toBe(true);
});

it.each([
  ['numbers in a pattern', ' /[-+]?[0-9]+[eE][+-]/\n'],
  ['its own lines that tell of such marks', '+one {+two+}\n-[-one-]\n'],
  ['an operator between braces', ' {+a}, {b+}\n'],
])('a diff that is cut short, with %s, is none', (_, lines) => {
  expect(isWordDiff(`${HEADER}@@ -1,9 +1,9 @@\n${lines}`)).toBe(false);
});

it.each(['[-', '{+', '[-a', '-]', '{+a-]'])('gets through a line of a million %s', (part) => {
  expect(isWordDiff(` ${part.repeat(1_000_000)}`)).toBe(false);
});

import { describe, expect, it } from 'vitest';
import { parseDiff } from '../../src/triage/parse-diff.js';
import { diff } from '../support/a-diff.js';

describe('parseDiff: what diff -u writes', () => {
  it('tells files apart by the counts of their hunks', () => {
    const text = diff(
      'Only in old: gone',
      '--- old/a.c\t2024-01-01 00:00:00',
      '+++ new/a.c\t2024-01-02 00:00:00',
      '@@ -1 +1 @@',
      '-a',
      '+b',
      '--- old/b.c\t1970-01-01 00:00:00',
      '+++ new/b.c\t2024-01-02 00:00:00',
      '@@ -0,0 +1,2 @@',
      '+--- x',
      '+b',
    );
    expect(parseDiff(text)).toMatchObject([
      { path: 'new/a.c', status: 'modified', additions: 1, deletions: 1 },
      { path: 'new/b.c', status: 'added', additions: 2 },
    ]);
  });

  it('reads a file that is gone under the name it had', () => {
    const gone = ['--- old/x.c\t2024-01-01', '+++ new/x.c\t1970-01-01', '@@ -1 +0,0 @@', '-a'];
    expect(parseDiff(diff(...gone))).toMatchObject([
      { path: 'old/x.c', status: 'removed', deletions: 1 },
    ]);
  });

  it('finds the next file after one that is cut short', () => {
    const file = (name: string) => [`--- old/${name}`, `+++ new/${name}`, '@@ -1 +1,2 @@', ' a'];
    expect(parseDiff(diff(...file('x'), ...file('y'), '+b'))).toMatchObject([
      { path: 'new/x', deletions: 0, cut: true },
      { path: 'new/y', additions: 1 },
    ]);
  });

  it('tells from svn diff what was added and removed', () => {
    const text = diff(
      'Index: new.c',
      '===================================================================',
      '--- new.c\t(nonexistent)',
      '+++ new.c\t(working copy)',
      '@@ -0,0 +1 @@',
      '+a',
      'Index: gone.c',
      '===================================================================',
      '--- gone.c\t(revision 12)',
      '+++ gone.c\t(nonexistent)',
      '@@ -1 +0,0 @@',
      '-a',
    );
    expect(parseDiff(text)).toMatchObject([
      { path: 'new.c', status: 'added' },
      { path: 'gone.c', status: 'removed' },
    ]);
  });

  it('wants a hunk where there is no git header', () => {
    expect(parseDiff('--- a\n+++ b\nno hunk\n--- \n')).toEqual([]);
    expect(parseDiff('--- odd\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b')).toMatchObject([
      { path: 'x' },
    ]);
  });
});

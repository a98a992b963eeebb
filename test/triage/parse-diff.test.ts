import { describe, expect, it } from 'vitest';
import { parseDiff } from '../../src/triage/parse-diff.js';
import { diff } from '../support/a-diff.js';

describe('parseDiff: what git writes', () => {
  it('reads a changed file with two hunks, and what stands around it is passed over', () => {
    const text = diff(
      'From 1234 Mon Sep 17 00:00:00 2001',
      'Subject: [PATCH] fix: a door',
      '---',
      ' src/door.ts | 3 ++-',
      'diff --git a/src/door.ts b/src/door.ts',
      'index 123..456 100644',
      '--- a/src/door.ts',
      '+++ b/src/door.ts',
      '@@ -1,2 +1,2 @@ function open() {',
      ' const a = 1;',
      '-const b = 2;',
      '+const b = 3;',
      '@@ -9 +9,2 @@',
      ' end',
      '+more',
      '\\ No newline at end of file',
      '-- ',
      '2.40.0',
    );
    expect(parseDiff(text)).toEqual([
      {
        path: 'src/door.ts',
        previousPath: null,
        status: 'modified',
        additions: 2,
        deletions: 1,
        patch: text.slice(text.indexOf('@@ -1'), text.indexOf('\n-- \n')),
      },
    ]);
  });

  it.each(['a', 'b', 'c', 'i', 'o', 'w'])('keeps a folder called %s without prefixes', (folder) => {
    const git = `diff --git ${folder}/x y ${folder}/x y`;
    const added = diff(
      git,
      'new file mode 100644',
      '--- /dev/null',
      `+++ ${folder}/x y\t`,
      '@@ -0,0 +1 @@',
      '+a',
    );
    const removed = diff(
      git,
      'deleted file mode 100644',
      `--- ${folder}/x y\t`,
      '+++ /dev/null',
      '@@ -1 +0,0 @@',
      '-a',
    );
    const empty = diff(git, 'new file mode 100644', 'index 000..e69');
    const files = parseDiff(added + removed + empty);
    expect(files.map(({ path, status }) => [path, status])).toEqual([
      [`${folder}/x y`, 'added'],
      [`${folder}/x y`, 'removed'],
      [`${folder}/x y`, 'added'],
    ]);
  });

  it('tells the files of a merge apart', () => {
    const file = (name: string) => [
      `diff --cc ${name}`,
      `--- a/${name}`,
      `+++ b/${name}`,
      '@@@ -1,1 -1,1 +1,1 @@@',
      '- a',
      '++b',
      '\\ No newline at end of file',
      ' -c',
    ];
    const files = parseDiff(diff(...file('x'), ...file('y'), '', 'commit 1234', '+ no part'));
    expect(files).toMatchObject([
      { path: 'x', additions: 1, deletions: 2 },
      { path: 'y', additions: 1, deletions: 2 },
    ]);
    for (const merged of files) expect(merged).not.toHaveProperty('cut');
  });

  it('counts empty context lines whose one space is gone, with Windows line ends too', () => {
    const lines = [
      'diff --git a/x b/x',
      '--- a/x',
      '+++ b/x',
      '@@ -1,3 +1,3 @@',
      '',
      '-b',
      '+c',
      '',
    ];
    for (const end of ['\n', '\r\n']) {
      const [file] = parseDiff(lines.map((text) => `${text}${end}`).join(''));
      expect(file).toMatchObject({ path: 'x', additions: 1, deletions: 1 });
      expect(file).not.toHaveProperty('cut');
    }
  });

  it('marks a file whose hunk has other lines than its header promises', () => {
    const header = ['diff --git a/x b/x', '--- a/x', '+++ b/x'];
    const whole = diff(...header, '@@ -1,2 +1,2 @@', ' a', '-b', '+c');
    const cut = diff(...header, '@@ -1,2 +1,2 @@', ' a', '-b');
    const words = diff(...header, '@@ -1,2 +1,2 @@', 'a [-b-]{+c+}');
    expect(parseDiff(whole)[0]).not.toHaveProperty('cut');
    expect(parseDiff(cut + whole).map((file) => file.cut)).toEqual([true, undefined]);
    expect(parseDiff(words)).toMatchObject([{ path: 'x', cut: true }]);
    const edited = diff(...header, '@@ -1 +1 @@', '-b', '+c', '+d');
    expect(parseDiff(edited)).toMatchObject([{ path: 'x', additions: 1, cut: true }]);
    expect(parseDiff(`${whole}-- \n2.47.1\n`)[0]).not.toHaveProperty('cut');
    const mode = diff('diff --git a/y b/y', 'old mode 100644', 'new mode 100755');
    expect(parseDiff(cut + mode)).toMatchObject([{ path: 'x', cut: true }, { path: 'y' }]);
  });

  it('reads a merge done again by git (--remerge-diff) as one change of its file', () => {
    const text = diff(
      'diff --git a/x b/x',
      'remerge CONFLICT (content): Merge conflict in x',
      'index 1234567..89abcde 100644',
      '--- a/x',
      '+++ b/x',
      '@@ -1,3 +1 @@',
      '-<<<<<<< 1234567',
      ' a',
      '->>>>>>> 89abcde',
    );
    expect(parseDiff(text)).toMatchObject([{ path: 'x', additions: 0, deletions: 2 }]);
  });

  it.each<[string, string[], object]>([
    [
      'a new file',
      [
        'diff --git a/x b/x',
        'new file mode 100644',
        '--- /dev/null',
        '+++ b/x',
        '@@ -0,0 +1 @@',
        '+a',
      ],
      { path: 'x', status: 'added', additions: 1, deletions: 0 },
    ],
    [
      'an empty new file',
      ['diff --git a/a b c b/a b c', 'new file mode 100644', 'index 000..e69'],
      { path: 'a b c', status: 'added', patch: null },
    ],
    [
      'a removed file',
      [
        'diff --git a/x b/x',
        'deleted file mode 100644',
        '--- a/x',
        '+++ /dev/null',
        '@@ -1 +0,0 @@',
        '-a',
      ],
      { path: 'x', status: 'removed', deletions: 1 },
    ],
    [
      'a rename',
      ['diff --git a/old b/new', 'similarity index 100%', 'rename from old', 'rename to new'],
      { path: 'new', previousPath: 'old', status: 'renamed', patch: null },
    ],
    [
      'a rename within folders called a and b',
      [
        'diff --git a/a/x b/b/x',
        'similarity index 90%',
        'rename from a/x',
        'rename to b/x',
        '--- a/a/x',
        '+++ b/b/x',
        '@@ -1 +1 @@',
        '-a',
        '+b',
      ],
      { path: 'b/x', previousPath: 'a/x', status: 'renamed', additions: 1 },
    ],
    [
      'a mere rename from a folder called a to one called b',
      ['diff --git a/a/x b/b/x', 'similarity index 100%', 'rename from a/x', 'rename to b/x'],
      { path: 'b/x', previousPath: 'a/x', status: 'renamed' },
    ],
    [
      'a copy',
      ['diff --git a/x b/y', 'copy from x', 'copy to y'],
      { path: 'y', previousPath: 'x', status: 'copied' },
    ],
    [
      'an empty removed file',
      ['diff --git a/x b/x', 'deleted file mode 100644', 'index e69..000'],
      { path: 'x', status: 'removed', patch: null },
    ],
    [
      'a change of mode in a folder that is called as prefixes are',
      ['diff --git a/x b/y b/x b/y', 'old mode 100644', 'new mode 100755'],
      { path: 'x b/y', status: 'changed' },
    ],
    [
      'two binary files of different names, which --no-index compares',
      ['diff --git a/old.bin b/a newer file.bin', 'index 1..2 100644', 'Binary files differ'],
      { path: 'a newer file.bin', status: 'modified' },
    ],
    [
      'the same where only the second name is quoted',
      ['diff --git a/old.bin "b/\\303\\244.bin"', 'index 1..2 100644', 'Binary files differ'],
      { path: 'ä.bin', status: 'modified' },
    ],
    [
      'a change of mode alone',
      ['diff --git a/run.sh b/run.sh', 'old mode 100644', 'new mode 100755'],
      { path: 'run.sh', status: 'changed', patch: null },
    ],
    [
      'a binary file',
      [
        'diff --git a/p.png b/p.png',
        'index 1..2 100644',
        'Binary files a/p.png and b/p.png differ',
      ],
      { path: 'p.png', status: 'modified', patch: null },
    ],
    [
      'a binary patch',
      [
        'diff --git a/p.png b/p.png',
        'index 1..2 100644',
        'GIT binary patch',
        'literal 3',
        'Kc${Nk',
        '',
        'literal 0',
        'HcmV?d00001',
        '',
      ],
      { path: 'p.png', patch: null },
    ],
    [
      'a submodule',
      [
        'diff --git a/lib b/lib',
        'index 1..2 160000',
        '--- a/lib',
        '+++ b/lib',
        '@@ -1 +1 @@',
        '-Subproject commit 1',
        '+Subproject commit 2',
      ],
      { path: 'lib', status: 'modified', additions: 1, deletions: 1 },
    ],
    [
      'a symbolic link that climbs out',
      [
        'diff --git a/l b/l',
        'new file mode 120000',
        '--- /dev/null',
        '+++ b/l',
        '@@ -0,0 +1 @@',
        '+../../etc/passwd',
        '\\ No newline at end of file',
      ],
      { path: 'l', status: 'added', additions: 1 },
    ],
    [
      'names without prefixes',
      ['diff --git src/x src/x', '--- src/x', '+++ src/x', '@@ -1 +1 @@', '-a', '+b'],
      { path: 'src/x' },
    ],
    [
      'a folder called a, without prefixes',
      ['diff --git a/x a/x', '--- a/x', '+++ a/x', '@@ -1 +1 @@', '-a', '+b'],
      { path: 'a/x' },
    ],
    [
      'mnemonic prefixes',
      ['diff --git i/x w/x', '--- i/x', '+++ w/x', '@@ -1 +1 @@', '-a', '+b'],
      { path: 'x' },
    ],
    [
      'a quoted name with octal bytes, a line feed and quotes',
      [
        'diff --git "a/\\303\\244\\n\\"\\\\.txt" "b/\\303\\244\\n\\"\\\\.txt"',
        'new file mode 100644',
      ],
      { path: 'ä\n"\\.txt' },
    ],
    [
      'a quoted name with every letter that git escapes',
      ['diff --git "a/\\a\\b\\t\\v\\f\\r" "b/\\a\\b\\t\\v\\f\\r"', 'new file mode 100644'],
      { path: '\u0007\b\t\v\f\r' },
    ],
    [
      'a name with a space, ended by a tab',
      ['diff --git a/a b b/a b', '--- a/a b\t', '+++ b/a b\t', '@@ -1 +1 @@', '-a', '+b'],
      { path: 'a b' },
    ],
    [
      'names with bidi characters and ../',
      ['diff --git a/../\u202ex b/../\u202ex', 'old mode 1', 'new mode 2'],
      { path: '../\u202ex' },
    ],
    [
      'a merge',
      [
        'diff --cc src/x',
        'index 1,2..3',
        '--- a/src/x',
        '+++ b/src/x',
        '@@@ -1,2 -1,2 +1,3 @@@',
        '  a',
        '- b',
        ' -c',
        '++d',
      ],
      { path: 'src/x', status: 'modified', additions: 1, deletions: 2 },
    ],
    [
      'a merge of three branches that changes a mode',
      [
        'diff --cc x',
        'index 1,2,3..4',
        'mode 100644,100644,100644..100755',
        '--- a/x',
        '+++ b/x',
        '@@@@ -1,1 -1,1 -1,1 +1,2 @@@@',
        '  -a',
        '+++b',
        '   c',
      ],
      { path: 'x', additions: 1, deletions: 1 },
    ],
    [
      'removed lines that look like headers',
      [
        'diff --git a/x b/x',
        '--- a/x',
        '+++ b/x',
        '@@ -1,2 +1 @@',
        '--- a/y',
        '-@@ -1 +1 @@',
        '+++ b/y',
      ],
      { path: 'x', additions: 1, deletions: 2 },
    ],
  ])('reads %s', (_, lines, expected) => {
    expect(parseDiff(diff(...lines))).toEqual([expect.objectContaining(expected)]);
    // Windows line ends change no name, status or count.
    const windows = parseDiff(lines.map((line) => `${line}\r\n`).join(''));
    const { path, status } = windows[0] ?? {};
    const [plain] = parseDiff(diff(...lines));
    expect({ path, status }).toEqual({ path: plain?.path, status: plain?.status });
  });
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseGitAttributes } from '../../src/config/git-attributes.js';

it.each([
  ['*.pb.go linguist-generated', 'a/b.pb.go', true],
  ['*.pb.go linguist-generated=true', 'b.pb.go', true],
  ['*.pb.go -linguist-generated', 'b.pb.go', false],
  ['*.pb.go linguist-generated=false', 'b.pb.go', false],
  ['*.pb.go text eol=lf', 'b.pb.go', null],
  ['/gen/** linguist-generated', 'gen/a/b', true],
  ['gen/** linguist-generated', 'x/gen/a', null],
  ['api/*.json linguist-generated', 'api/a.json', true],
  ['# *.go linguist-generated', 'a.go', null],
  ['*.go linguist-generated\r\nmain.go -linguist-generated', 'main.go', false],
  ['*.go linguist-generated\n*.go linguist-vendored', 'main.go', true],
  ['*.go\tlinguist-generated', '.hidden/main.go', true],
])('%j says of %s: %s', (text, path, generated) => {
  expect(parseGitAttributes(text)(path).generated).toBe(generated);
});

it('tells vendored files apart', () => {
  const of = parseGitAttributes('lib/** linguist-vendored\nlib/own/** -linguist-vendored');
  expect(of('lib/a').vendored).toBe(true);
  expect(of('lib/own/a').vendored).toBe(false);
  expect(of('src/a').vendored).toBeNull();
});

it('reads the last lines of a long file, which are those that hold', () => {
  const lines = Array.from({ length: 500 }, (_, index) => `g${index}.txt linguist-generated`);
  const of = parseGitAttributes(['* -linguist-generated', ...lines].join('\n'));
  expect([of('g0.txt'), of('g499.txt'), of('x')].map(({ generated }) => generated)).toEqual([
    true,
    true,
    false,
  ]);
  const many = parseGitAttributes([...lines, ...lines, 'last linguist-generated'].join('\n'));
  expect(many('last').generated).toBe(true);
});

const PATHS = [
  'a.go',
  'main.go',
  'gen/a.go',
  'gen/deep/a.go',
  'x/gen/a.go',
  'Docs/a.md',
  'docs/deep/a.md',
  'my file.txt',
  'über.txt',
  '#y',
  '!z',
  '[attr]',
  'a',
  'b.txt',
  'deep/.hidden/a.pb.txt',
  'gen/.dot.go',
  'src/a.g.ts',
  'src/deep/er/a.g.ts',
  'quo"te.txt',
];
const hasGit = (() => {
  try {
    return execFileSync('git', ['--version']).length > 0;
  } catch {
    return false;
  }
})();

it
  .skipIf(!hasGit)
  .each([
    '*.go linguist-generated\nmain.go !linguist-generated',
    '*.go -linguist-generated\n*.go linguist-generated linguist-vendored',
    '*.go linguist-generated -linguist-generated\n/main.go linguist-vendored',
    '[attr]gen linguist-generated\n*.pb.txt gen\n*.go -gen',
    '*.go gen\nmain.go !gen\n[attr]gen linguist-generated -linguist-vendored',
    '[attr]one linguist-generated\n[attr]two one linguist-vendored\n[attr]one -linguist-generated\na.go two',
    '[attr]loop loop linguist-generated\na.go loop',
    '[Dd]ocs/** linguist-generated\n[!a-l]*.go linguist-vendored',
    '"my file.txt" linguist-generated\n"\\303\\274ber.txt" linguist-vendored\n"quo\\"te.txt" linguist-vendored',
    'my\\ file.txt linguist-generated\nmy?file.txt linguist-vendored',
    '#y linguist-generated\n\\#y linguist-vendored\n!z linguist-generated\n\\!z linguist-vendored',
    'gen linguist-generated\ngen/ linguist-vendored\nDocs/* linguist-generated',
    'gen/** linguist-generated\n**/gen/** linguist-vendored\nsrc/**/*.g.ts linguist-generated',
    '/*.go linguist-generated\n*/a.go linguist-vendored\ngen/*.go linguist-generated',
    '** linguist-generated\n*.{go,md} linguist-vendored\n+(a|b).go -linguist-generated',
    '\ufeff*.go linguist-generated\r\n  *.md   linguist-vendored\t\r\n',
    'a* linguist-generated\n*a linguist-vendored\n*.t*t linguist-generated\n?.go linguist-vendored',
  ])('says of %j what git says', (text) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-attributes-'));
  try {
    execFileSync('git', ['init', '-q'], { cwd: folder });
    writeFileSync(path.join(folder, '.gitattributes'), text);
    const names = ['linguist-generated', 'linguist-vendored'];
    const said = execFileSync('git', ['check-attr', '-z', ...names, '--', ...PATHS], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).split('\0');
    const states: Record<string, boolean | null> = { set: true, unset: false, unspecified: null };
    const stateOf = (index: number) => states[said[3 * index + 2] ?? ''];
    const of = parseGitAttributes(text);
    expect(PATHS.map((name) => [name, of(name)])).toEqual(
      PATHS.map((name, index) => [
        name,
        { generated: stateOf(2 * index), vendored: stateOf(2 * index + 1) },
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('takes any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, path) => {
      const { generated } = parseGitAttributes(`${text} linguist-generated`)(path);
      expect([true, false, null]).toContain(generated);
    }),
  );
});

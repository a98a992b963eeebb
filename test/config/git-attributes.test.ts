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

it('takes any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, path) => {
      const { generated } = parseGitAttributes(`${text} linguist-generated`)(path);
      expect([true, false, null]).toContain(generated);
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removedExports } from '../../src/triage/breaking-change.js';
import { aFile } from '../support/a-change.js';

const names = (...files: Parameters<typeof removedExports>[0]) =>
  removedExports(files).map(({ name }) => name);

describe('removedExports', () => {
  it.each([
    ['src/a.ts', '-export async function open(key: Key) {', 'open'],
    ['src/a.tsx', '-export default class Door extends X {', 'Door'],
    ['lib/a.mjs', '-export const shut = () => {}', 'shut'],
    ['src/a.rs', '-    pub async fn open(&self) {', 'open'],
    ['pkg/a.go', '-func (d *Door) Open(k Key) error {', 'Open'],
    ['pkg/a.go', '-type Door struct {', 'Door'],
    ['doors/a.py', '-def open(key):', 'open'],
    ['src/A.java', '-public final class Door {', 'Door'],
    ['src/A.cs', '-    public static class Door', 'Door'],
  ])('sees in %s that %j went away', (path, line, name) => {
    expect(names(aFile(path, [line]))).toEqual([name]);
  });

  it.each([
    ['a private name', 'pkg/a.go', '-func open() {'],
    ['a private name', 'src/a.ts', '-function open() {'],
    ['a private name', 'doors/a.py', '-def _open():'],
    ['a method', 'doors/a.py', '-    def open(self):'],
    ['a name of one crate', 'src/a.rs', '-pub(crate) fn open() {'],
    ['a test', 'test/a.ts', '-export function open() {'],
    ['an internal folder', 'internal/a.go', '-func Open() {'],
    ['a context line', 'src/a.ts', ' export function open() { return a - b; }'],
    ['a template', 'pkg/a.go.tmpl', '-type Door struct {'],
    ['a name of a function', 'pkg/a.go', '-\tconst Size = 3'],
  ])('passes over %s: %s', (_, path, line) => {
    expect(names(aFile(path, [line, '-x']))).toEqual([]);
  });

  it('claims nothing where lines of another file are not known', () => {
    const removed = aFile('src/a.ts', ['-export function open(a) {']);
    const unknown = { ...aFile('src/b.ts', ['+x']), patch: null };
    expect(names(removed, unknown)).toEqual([]);
  });

  it('is not kept from it by a file that only lost lines, or only moved', () => {
    const removed = aFile('src/a.ts', ['-export function open(a) {']);
    const emptied = { ...aFile('src/b.ts', ['-x']), patch: null };
    expect(names(removed, emptied)).toEqual(['open']);
    expect(names(aFile('src/a.ts', ['-export function open(a) {', '+x']))).toEqual(['open']);
  });

  it('claims nothing of a change too long to read', () => {
    const removed = aFile('src/a.ts', ['-export function open(a) {']);
    const long = (length: number) => aFile('src/b.ts', [`+${'x'.repeat(length)}`]);
    expect(names(removed, long(1_000_000))).toEqual(['open']);
    expect(names(removed, long(1_000_000), long(1_000_000))).toEqual([]);
  });

  it('names each once', () => {
    const removed = aFile('src/a.ts', [
      '-export function open(a: A);',
      '-export function open() {',
    ]);
    expect(names(removed, aFile('src/b.ts', ['-export const open = 1;']))).toEqual(['open']);
  });

  it('names twenty at most', () => {
    const lines = Array.from({ length: 25 }, (_, i) => `-export const door${i} = ${i};`);
    expect(names(aFile('src/a.ts', lines))).toHaveLength(20);
  });

  it('claims nothing where a public file is cut short, and passes over other cut files', () => {
    const removed = aFile('src/a.ts', ['-export function open(a) {']);
    expect(names({ ...removed, cut: true })).toEqual([]);
    expect(names(removed, aFile('src/b.ts', ['+x'], { cut: true }))).toEqual([]);
    expect(names(removed, aFile('yarn.lock', ['+x'], { cut: true }))).toEqual(['open']);
  });

  it('passes over what was moved or changed in place', () => {
    const removed = aFile('src/a.ts', ['-export function open(a) {']);
    expect(names(removed, aFile('src/b.ts', ['+export function open(a, b) {', '-x']))).toEqual([]);
    expect(names(removed, aFile('src/c.ts', ['+export const open = 1;']))).toEqual([]);
  });

  it('takes any patch', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (lines) => {
        const file = aFile('src/a.ts', lines, { deletions: 1 });
        expect(removedExports([file, { ...file, patch: null }]).length).toBeLessThanOrEqual(20);
      }),
    );
  });
});

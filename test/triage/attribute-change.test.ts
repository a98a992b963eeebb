import { describe, expect, it } from 'vitest';
import { attributeChange } from '../../src/triage/attribute-change.js';
import type { ChangedFile } from '../../src/triage/changed-file.js';
import { aFile } from '../support/a-change.js';

/** More probable the more often "door" stands in the patches. */
const doors = async (files: readonly ChangedFile[]): Promise<number> =>
  files.reduce((sum, { patch }) => sum + (patch?.match(/door/g)?.length ?? 0), 0) / 10;

describe('attributeChange', () => {
  it('names hunks and files by what their absence costs, the weightiest first', async () => {
    const two = { ...aFile('a.ts'), patch: '@@ -1 +1 @@ f\n+door door\n@@ -9 +9 @@ g\n+x' };
    const found = await attributeChange([two, aFile('b.ts', ['+door'])], doors);
    expect(found.map(({ path, hunk }) => [path, hunk])).toEqual([
      ['a.ts', '@@ -1 +1 @@ f'],
      ['b.ts', '@@ -1 +1 @@'],
    ]);
    expect(found[0]?.weight).toBeCloseTo(0.2);
  });

  it('weighs hunks by themselves, and puts the weightiest first wherever it stands', async () => {
    const two = { ...aFile('a.ts'), patch: '@@ -1 +1 @@ f\n+door\n@@ -9 +9 @@ g\n+door door' };
    const found = await attributeChange([two, aFile('b.ts', ['+door door door'])], doors);
    expect(found.map(({ path, hunk }) => [path, hunk])).toEqual([
      ['b.ts', '@@ -1 +1 @@'],
      ['a.ts', '@@ -9 +9 @@ g'],
      ['a.ts', '@@ -1 +1 @@ f'],
    ]);
  });

  it('asks with the numbers of what is left', async () => {
    const asked: ChangedFile[][] = [];
    const patch = '@@ -1,2 +1,2 @@ f\n-a\n+door\n+b-\n@@ -9 +9 @@ g\n+c';
    await attributeChange([aFile('a.ts', [], { patch, additions: 3, deletions: 1 })], (part) => {
      asked.push([...part]);
      return doors(part);
    });
    expect(asked.flat()).toMatchObject([
      { additions: 3, deletions: 1, patch },
      { additions: 1, deletions: 0, patch: '@@ -9 +9 @@ g\n+c' },
      { additions: 2, deletions: 1, patch: '@@ -1,2 +1,2 @@ f\n-a\n+door\n+b-' },
    ]);
  });

  it('asks without the whole file where it has one hunk or none that is known', async () => {
    const asked: string[][] = [];
    const unknown = aFile('b.ts', [], { patch: null, additions: 1 });
    const found = await attributeChange([aFile('a.ts', ['+x', '+y']), unknown], async (part) => {
      asked.push(part.map(({ path }) => path));
      return part.length / 10;
    });
    expect(asked).toEqual([['a.ts', 'b.ts'], ['b.ts'], ['a.ts']]);
    expect(found).toMatchObject([
      { path: 'a.ts', hunk: '@@ -1 +1 @@' },
      { path: 'b.ts', hunk: null },
    ]);
  });

  it('asks about four hunks of a file, so that one long file is not all that is asked about', async () => {
    const hunks = Array.from({ length: 9 }, (_, i) => `@@ -${i} +${i} @@\n+door\n+door`);
    const long = aFile('long.ts', [], { patch: hunks.join('\n'), additions: 18 });
    const found = await attributeChange([aFile('b.ts', ['+door']), long], doors);
    expect(found.map(({ path }) => path)).toEqual([...new Array(4).fill('long.ts'), 'b.ts']);
  });

  it('asks first about the files that changed most', async () => {
    const small = aFile('small.ts', ['+door', '+door', '+door']);
    for (const lines of [
      ['+a', '-b', '-door', '-door'],
      ['+a', '+b', '+door', '-door'],
    ]) {
      const files = [small, aFile('large.ts', lines)];
      const [found] = await attributeChange(files, doors, { mostQuestions: 2 });
      expect(found?.path).toBe('large.ts');
    }
  });

  it('asks no more often than it may, and shows five at most', async () => {
    let asked = 0;
    const files = Array.from({ length: 30 }, (_, i) => aFile(`f${i}.ts`, ['+door']));
    const ask = (part: readonly ChangedFile[]) => {
      asked += 1;
      return doors(part);
    };
    expect(await attributeChange(files, ask, { mostQuestions: 8 })).toHaveLength(5);
    expect(asked).toBe(8);
  });

  it('leaves out what nobody wrote, and asks nothing where nothing is left', async () => {
    const never = () => Promise.reject(new Error('asked'));
    expect(await attributeChange([aFile('yarn.lock', ['+door'])], never)).toEqual([]);
    expect(await attributeChange([], never)).toEqual([]);
  });
});

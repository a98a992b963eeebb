import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeFeatures } from '../../src/triage/change-features.js';
import { changeInput } from '../../src/triage/change-input.js';
import type { ChangedFile } from '../../src/triage/changed-file.js';
import { FILE_KINDS, fileKind } from '../../src/triage/file-kind.js';
import { CHANGE_PREPARATION_VERSION, prepareChange } from '../../src/triage/prepare-change.js';

type Text = string | null | [text: string, times: number][];

interface Golden {
  version: number;
  cases: {
    name: string;
    title: Text;
    files: (Omit<ChangedFile, 'patch' | 'previousPath'> & { patch: Text; times?: number })[];
    expected: string;
    features: string;
  }[];
}

const ROOT = resolve(import.meta.dirname, '../..');
const golden = JSON.parse(
  readFileSync(join(ROOT, 'test/golden/prepare-change.json'), 'utf8'),
) as Golden;

function expand(text: Text): string | null {
  if (!Array.isArray(text)) return text;
  return text.map(([part, times]) => part.repeat(times)).join('');
}

function changeOf({ title, files }: Golden['cases'][number]) {
  const expanded = files.flatMap(({ patch, times = 1, ...file }) =>
    Array.from({ length: times }, () => ({ ...file, previousPath: null, patch: expand(patch) })),
  );
  return { title: expand(title) ?? '', files: expanded };
}

describe('the change preparation: the same bytes as Python', () => {
  it('covers the version in use', () => {
    expect(golden.version).toBe(CHANGE_PREPARATION_VERSION);
    expect(golden.cases.length).toBeGreaterThanOrEqual(35);
  });

  it.each(golden.cases)('$name', (goldenCase) => {
    const change = changeOf(goldenCase);
    expect(prepareChange(change)).toBe(goldenCase.expected);
    expect(changeFeatures(change).join(' ')).toBe(goldenCase.features);
  });

  it('knows kinds of files by the same rules', () => {
    const python = readFileSync(join(ROOT, 'training/sentinel_training/file_kind.py'), 'utf8');
    const rules = [...python.matchAll(/^ {4}\("([a-z]+)", r"(.*)"\),$/gm)];
    const typescript = readFileSync(join(ROOT, 'src/triage/file-kind.ts'), 'utf8');
    expect(rules.map(([, kind]) => kind)).toEqual(FILE_KINDS.slice(0, -1));
    for (const [, , pattern = ''] of rules) {
      expect(typescript.replaceAll('\\/', '/')).toContain(`/${pattern}/`);
    }
  });
});

const text = fc.string({ unit: 'binary', maxLength: 60 });
const files = fc.array(
  fc.record({
    path: fc.oneof(text, fc.constantFrom('src/a.ts', 'yarn.lock', 'test/b.go', 'README.md')),
    previousPath: fc.option(text),
    status: fc.constantFrom<ChangedFile['status']>('added', 'modified', 'removed', 'renamed'),
    additions: fc.nat(),
    deletions: fc.nat(),
    patch: fc.option(
      fc
        .array(
          fc.oneof(text, fc.constantFrom('@@ -1 +1 @@ f', '\n+', '\n-', '\n', '\r\n', '[SEP]')),
        )
        .map((parts) => parts.join('')),
    ),
  }),
  { maxLength: 12 },
);

describe('the change preparation: properties', () => {
  it('is bounded and without control characters for any input', () => {
    fc.assert(
      fc.property(text, files, (title, changed) => {
        const input = changeInput({ title, files: changed });
        expect([...input.text].length).toBeLessThanOrEqual(900);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
        expect(input.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
        const { features } = input;
        expect(features.every((bucket) => bucket >= 0 && bucket < 65_536)).toBe(true);
        expect(features).toEqual([...new Set(features)].sort((a, b) => a - b));
        for (const { path } of changed) expect(FILE_KINDS).toContain(fileKind(path));
      }),
      { numRuns: 300 },
    );
  });

  it('reads no type of the title', () => {
    const change = { files: [] };
    expect(changeInput({ ...change, title: 'feat(ui)!: add a door (#12)' })).toEqual(
      changeInput({ ...change, title: 'fix: add a door' }),
    );
  });
});

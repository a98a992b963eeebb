import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { assessChange } from '../../src/triage/assess-change.js';
import { changeInput } from '../../src/triage/change-input.js';
import { DEFAULT_SIZE_THRESHOLDS } from '../../src/triage/change-size.js';
import type { ChangedFile } from '../../src/triage/changed-file.js';
import { fileKind, type KindOf } from '../../src/triage/file-kind.js';
import { parseDiff } from '../../src/triage/parse-diff.js';
import { scoreChange } from '../../src/triage/score-change.js';

const FILES = 3000;
const HUNKS = 36;

/** Milliseconds of each step that holds up the thread it runs on, and memory. */
export interface HugeFigures {
  readonly megabytes: number;
  readonly files: number;
  /** Of a whole diff's text: the command line's way. */
  readonly parseMs: number;
  /** Of files that are there already: the App's way, one step after the other. */
  readonly kindsMs: number;
  readonly inputMs: number;
  readonly assessMs: number;
  /** Peak memory of a process that does all this, over one that reads an empty diff. */
  readonly extraMegabytes: number;
}

/** A diff of 3,000 files and about 20 MB. */
function hugeDiff(): string {
  const parts: string[] = [];
  for (let file = 0; file < FILES; file += 1) {
    const name = `src/part${file % 50}/file${file}.ts`;
    parts.push(`diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n`);
    for (let hunk = 0; hunk < HUNKS; hunk += 1) {
      const line = hunk * 10 + 1;
      parts.push(
        `@@ -${line},3 +${line},4 @@ function door${line}() {\n   const key = find(${line});\n`,
        `-  return open(key, 'as it was before this change');\n`,
        `+  return open(key, 'in another way from now on', ${file});\n+  // And a word about the reason.\n }\n`,
      );
    }
  }
  return Buffer.from(parts.join('')).toString('utf8');
}

/** Reads the huge diff and assesses it, without the model. */
export function measureHuge(): HugeFigures {
  const text = hugeDiff();
  return { ...measureSteps(text), extraMegabytes: peakMegabytes(text) - peakMegabytes('') };
}

/** Peak memory of a process that reads a diff from a file and takes the same steps. */
function peakMegabytes(text: string): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'sentinel-huge-'));
  try {
    const file = path.join(folder, 'change.diff');
    writeFileSync(file, text);
    const script = fileURLToPath(new URL('./hold-change.ts', import.meta.url));
    const words = ['--import', 'tsx', script, file];
    return Number(execFileSync(process.execPath, words, { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Takes the steps from a diff's text to its assessment and times each. */
export function measureSteps(text: string): Omit<HugeFigures, 'extraMegabytes'> {
  const timed = <T>(step: () => T): [T, number] => {
    const start = performance.now();
    const value = step();
    return [value, performance.now() - start];
  };
  const [files, parseMs] = timed(() => parseDiff(text));
  const [kinds, kindsMs] = timed(
    () => new Map(files.map((file) => [file.path, fileKind(file.path)])),
  );
  const kindOf: KindOf = (name) => kinds.get(name) ?? 'source';
  const [, inputMs] = timed(() => changeInput({ title: 'Open in another way', files }, kindOf));
  const [, assessMs] = timed(() => assess(files, kindOf));
  const megabytes = text.length / 1e6;
  return { megabytes, files: files.length, parseMs, kindsMs, inputMs, assessMs };
}

function assess(files: readonly ChangedFile[], kindOf: KindOf): unknown {
  const scores = scoreChange([1, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1);
  return assessChange({
    title: 'Open in another way',
    body: null,
    files,
    kindOf,
    scores,
    thresholds: scores,
    sizes: DEFAULT_SIZE_THRESHOLDS,
    conventional: true,
    hasTests: true,
  });
}

/** A made-up change of 3,000 files, which is all that GitHub lists, and about 20 MB of patches. */
export const FILES = 3000;
const HUNKS = 36;

/** A changed file of the huge change; `at` from 0. */
export interface HugeFile {
  readonly name: string;
  readonly patch: string;
}

export function hugeFile(at: number): HugeFile {
  const parts: string[] = [];
  for (let hunk = 0; hunk < HUNKS; hunk += 1) {
    const line = hunk * 10 + 1;
    parts.push(
      `@@ -${line},3 +${line},4 @@ function door${line}() {\n   const key = find(${line});\n`,
      `-  return open(key, 'as it was before this change');\n`,
      `+  return open(key, 'in another way from now on', ${at});\n+  // And a word about the reason.\n }\n`,
    );
  }
  return { name: `src/part${at % 50}/file${at}.ts`, patch: parts.join('') };
}

/** The same as `git diff` prints it. */
export function hugeDiff(): string {
  const parts: string[] = [];
  for (let at = 0; at < FILES; at += 1) {
    const { name, patch } = hugeFile(at);
    parts.push(`diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n${patch}`);
  }
  return Buffer.from(parts.join('')).toString('utf8');
}

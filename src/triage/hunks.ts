/** One hunk of a patch, its lines as they stand there. */
export interface Hunk {
  /** The line with `@@`, as it is. */
  readonly header: string;
  /** Lines under it with their first character: space, `+`, `-` or `\`. */
  readonly lines: readonly string[];
}

const HUNK_START = /^@@/;

/**
 * A file's patch as hunks; what stands before the first `@@` is left out. Takes any text, and
 * `printHunks` gives the same text back.
 */
export function parseHunks(patch: string): Hunk[] {
  const hunks: { header: string; lines: string[] }[] = [];
  for (const line of patch.split('\n')) {
    if (HUNK_START.test(line)) hunks.push({ header: line, lines: [] });
    else hunks.at(-1)?.lines.push(line);
  }
  return hunks;
}

/** Hunks as a patch again. */
export function printHunks(hunks: readonly Hunk[]): string {
  return hunks.flatMap(({ header, lines }) => [header, ...lines]).join('\n');
}

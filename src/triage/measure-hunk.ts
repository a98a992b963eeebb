/** Follows the lines of one hunk and counts what it adds and removes. */
export interface HunkMeasure {
  readonly additions: number;
  readonly deletions: number;
  /** The header promises lines that have not come. */
  readonly short: boolean;
  /** Takes the next line in; false, and nothing counted, when the hunk has ended before it. */
  take(line: string): boolean;
}

const HUNK = /^@@ -\d{1,15}(?:,(\d{1,15}))? \+\d{1,15}(?:,(\d{1,15}))? @@/;
const COMBINED = /^(@{3,32}) (?:-\d{1,15}(?:,\d{1,15})? )+\+\d{1,15}(?:,\d{1,15})? @{3,32}/;

/** Whether a line is a hunk's first. */
export function startsHunk(line: string): boolean {
  return line.startsWith('@@') && (HUNK.test(line) || COMBINED.test(line));
}

/** Begins to measure the hunk under this header line. */
export function measureHunk(header: string): HunkMeasure {
  const combined = COMBINED.exec(header);
  if (combined !== null) return new CombinedHunk((combined[1] ?? '@@@').length - 1);
  const [, before = '1', after = '1'] = HUNK.exec(header) ?? [];
  return new PlainHunk(Number(before), Number(after));
}

/**
 * A hunk of two sides. Its header says how many lines it has; without that, `--- x` could be a
 * removed line or the next file. Where fewer lines follow, it ends with the first that can't belong.
 */
class PlainHunk implements HunkMeasure {
  additions = 0;
  deletions = 0;

  constructor(
    private before: number,
    private after: number,
  ) {}

  get short(): boolean {
    return this.before > 0 || this.after > 0;
  }

  take(line: string): boolean {
    const mark = line.charAt(0);
    if (mark === '\\') return true;
    if (this.before <= 0 && this.after <= 0) return false;
    if (this.before <= 0 && line.startsWith('--- ')) return false;
    if (mark === '+') {
      this.additions += 1;
      this.after -= 1;
    } else if (mark === '-') {
      this.deletions += 1;
      this.before -= 1;
    } else if (mark === ' ' || line === '' || line === '\r') {
      // Some tools drop the one space of an empty context line.
      this.before -= 1;
      this.after -= 1;
    } else {
      return false;
    }
    return true;
  }
}

/** A hunk of a merge: a column for each parent, and `diff --cc` before the next file. */
class CombinedHunk implements HunkMeasure {
  additions = 0;
  deletions = 0;
  /** Not told: the ranges of a merge count lines of several parents. */
  readonly short = false;

  constructor(private readonly parents: number) {}

  take(line: string): boolean {
    if (line.startsWith('\\')) return true;
    const marks = line.slice(0, this.parents);
    if (!/^[ +-]+$/.test(marks)) return false;
    if (marks.includes('+')) this.additions += 1;
    else if (marks.includes('-')) this.deletions += 1;
    return true;
  }
}

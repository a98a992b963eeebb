/** Follows the lines of one hunk and counts what it adds and removes. */
export interface HunkMeasure {
  readonly additions: number;
  readonly deletions: number;
  /** The header promises lines that have not come, or none of those that came is a change. */
  readonly mismatched: boolean;
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

  get mismatched(): boolean {
    return this.before > 0 || this.after > 0 || this.additions + this.deletions === 0;
  }

  take(line: string): boolean {
    const mark = line.charAt(0);
    if (mark === '\\') return true;
    // Some tools drop the one space of an empty context line.
    const common = mark === ' ' || line === '' || line === '\r';
    const before = common || mark === '-';
    const after = common || mark === '+';
    if (!before && !after) return false;
    if ((before && this.before <= 0) || (after && this.after <= 0)) return false;
    if (before) this.before -= 1;
    else this.additions += 1;
    if (after) this.after -= 1;
    else this.deletions += 1;
    return true;
  }
}

/** A hunk of a merge: a column for each parent, and `diff --cc` before the next file. */
class CombinedHunk implements HunkMeasure {
  additions = 0;
  deletions = 0;
  /** Not told: the ranges that git writes over a merge's hunk are not always those of its lines. */
  readonly mismatched = false;

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

/**
 * Unified diffs to changed files: what `git diff` writes, with renames, copies, modes, binary files,
 * submodules, symbolic links, quoted names and merges, and what `diff -u` and `svn diff` write.
 *
 * Takes any text, never throws, and reads each character once. What makes no sense is passed over.
 */
import type { ChangedFile, FileStatus } from './changed-file.js';
import { nameOrNull, namesOfGitLine, parseDiffName, withoutPrefixes } from './diff-names.js';
import { measureHunk, startsHunk } from './measure-hunk.js';

/** What the lines before a file's first hunk say. */
interface FileHeader {
  /** Of the `diff --git` line, null for plain diffs. */
  readonly git: readonly [before: string, after: string] | null;
  before: string | null;
  after: string | null;
  status: FileStatus | null;
  /** Set by `rename` and `copy` lines, which give names without prefixes. */
  exact: boolean;
  modeChanged: boolean;
}

/** Where a file's hunks stand in the text, and their counts. */
interface Body {
  start: number;
  end: number;
  additions: number;
  deletions: number;
  /** A hunk has other lines than its header promises. */
  mismatched: boolean;
}

/** The text's lines, one after the other; lines are handed out without their line feed. */
class LineReader {
  #next = 0;
  #from = 0;
  #line: string | null = null;

  constructor(readonly text: string) {
    this.advance();
  }

  /** The line under the cursor; null at the end. */
  get line(): string | null {
    return this.#line;
  }

  /** Offset of the line under the cursor. */
  get offset(): number {
    return this.#from;
  }

  /** The same line without the carriage return that Windows leaves at its end. */
  get header(): string {
    const line = this.#line ?? '';
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }

  advance(): void {
    this.#from = this.#next;
    if (this.#next >= this.text.length) {
      this.#line = null;
      return;
    }
    const end = this.text.indexOf('\n', this.#next);
    this.#line = this.text.slice(this.#next, end < 0 ? undefined : end);
    this.#next = end < 0 ? this.text.length : end + 1;
  }
}

const GIT_FILE = /^diff --git (?=\S)/;
/** A line that only a hunk has, or one of `git diff --word-diff=porcelain`; `-- ` begins a mail's signature. */
const MORE_OF_A_HUNK = /^(?:[ +]|-(?!--? |- ?$)|~$)/;
const COMBINED_FILE = /^diff --(?:cc|combined) (?=\S)/;

/**
 * The files of a unified diff, in its order.
 *
 * Each file's `patch` is a part of the text as it stands, from its first `@@` line to its last hunk's
 * end, without the final line feed; counts are counted, never believed. Where a hunk has other lines
 * than its header promises, the file is marked as `cut`.
 */
export function parseDiff(text: string): ChangedFile[] {
  const files: ChangedFile[] = [];
  const reader = new LineReader(text);
  while (reader.line !== null) {
    const begun = reader.offset;
    const header = readFileHeader(reader);
    if (header === null) {
      if (reader.offset === begun) reader.advance();
      continue;
    }
    const file = fileOf(header, readBody(reader), text);
    if (file !== null) files.push(file);
  }
  return files;
}

/** Reads up to the first hunk if a file begins here, else gives null. */
function readFileHeader(reader: LineReader): FileHeader | null {
  const line = reader.header;
  const combined = COMBINED_FILE.exec(line);
  const git = GIT_FILE.exec(line);
  if (git === null && combined === null) {
    return line.startsWith('--- ') ? readPlainHeader(reader) : null;
  }
  const name = combined === null ? '' : parseDiffName(line.slice(combined[0].length));
  const header: FileHeader = {
    git: git === null ? [name, name] : namesOfGitLine(line.slice(git[0].length)),
    before: null,
    after: null,
    status: null,
    exact: combined !== null,
    modeChanged: false,
  };
  reader.advance();
  while (reader.line !== null && readHeaderLine(reader.header, header)) reader.advance();
  return header;
}

/** `---` and `+++` without a `diff --git` line; both must be there. */
function readPlainHeader(reader: LineReader): FileHeader | null {
  const before = parseDiffName(reader.header.slice(4));
  reader.advance();
  if (reader.line === null || !reader.line.startsWith('+++ ')) return null;
  const after = parseDiffName(reader.header.slice(4));
  reader.advance();
  return { git: null, before, after, status: null, exact: false, modeChanged: false };
}

const HEADER_LINES: readonly (readonly [string, (rest: string, header: FileHeader) => void])[] = [
  [
    '--- ',
    (rest, header) => {
      if (!header.exact) header.before = parseDiffName(rest);
    },
  ],
  [
    '+++ ',
    (rest, header) => {
      if (!header.exact) header.after = parseDiffName(rest);
    },
  ],
  [
    'new file mode ',
    (_, header) => {
      header.status = 'added';
    },
  ],
  [
    'deleted file mode ',
    (_, header) => {
      header.status = 'removed';
    },
  ],
  ['rename from ', (rest, header) => setExact(header, 'renamed', 'before', rest)],
  ['rename to ', (rest, header) => setExact(header, 'renamed', 'after', rest)],
  ['copy from ', (rest, header) => setExact(header, 'copied', 'before', rest)],
  ['copy to ', (rest, header) => setExact(header, 'copied', 'after', rest)],
  [
    'old mode ',
    (_, header) => {
      header.modeChanged = true;
    },
  ],
  ['new mode ', () => {}],
  ['mode ', () => {}],
  ['remerge ', () => {}],
  ['index ', () => {}],
  ['similarity index ', () => {}],
  ['dissimilarity index ', () => {}],
];

function setExact(
  header: FileHeader,
  status: FileStatus,
  side: 'before' | 'after',
  name: string,
): void {
  header.status = status;
  header.exact = true;
  header[side] = parseDiffName(name);
}

/** Takes a line of a git header in; false when the header has ended. */
function readHeaderLine(line: string, header: FileHeader): boolean {
  const known = HEADER_LINES.find(([start]) => line.startsWith(start));
  known?.[1](line.slice(known[0].length), header);
  return known !== undefined;
}

/** The hunks that follow; `start` equals `end` where there are none. */
function readBody(reader: LineReader): Body {
  const at = reader.offset;
  const body: Body = { start: at, end: at, additions: 0, deletions: 0, mismatched: false };
  while (reader.line !== null && startsHunk(reader.line)) {
    const measure = measureHunk(reader.line);
    do {
      body.end = reader.offset + (reader.line ?? '').length;
      reader.advance();
    } while (reader.line !== null && measure.take(reader.line));
    body.additions += measure.additions;
    body.deletions += measure.deletions;
    const more = reader.line !== null && MORE_OF_A_HUNK.test(reader.header);
    body.mismatched ||= measure.mismatched || more;
  }
  return body;
}

function fileOf(header: FileHeader, body: Body, text: string): ChangedFile | null {
  const patch = body.end > body.start ? text.slice(body.start, body.end) : null;
  if (header.git === null && patch === null) return null;
  const [before, after] = namesOf(header);
  const status = statusOf(header, patch);
  const path = status === 'removed' ? (before ?? after) : (after ?? before);
  if (path === null || path === '') return null;
  const moved = status === 'renamed' || status === 'copied';
  return {
    path,
    previousPath: moved ? before : null,
    status,
    additions: body.additions,
    deletions: body.deletions,
    patch,
    ...(body.mismatched ? { cut: true } : {}),
  };
}

/** Names before and after without `a/` and `b/`; null for `/dev/null`. */
function namesOf({ git, before, after, exact }: FileHeader): [string | null, string | null] {
  if (exact) return [before ?? git?.[0] ?? null, after ?? git?.[1] ?? null];
  const [left, right] = before === null && after === null ? (git ?? [null, null]) : [before, after];
  // The same name twice stands there without prefixes (`git diff --no-prefix`), in folders called a or b too.
  const bare = git !== null && git[0] === git[1] && (git[0] === before || git[0] === after);
  return bare ? [nameOrNull(left), nameOrNull(right)] : withoutPrefixes(left, right);
}

function statusOf(
  { status, before, after, modeChanged, git }: FileHeader,
  patch: string | null,
): FileStatus {
  if (status !== null) return status;
  if (before === '/dev/null') return 'added';
  if (after === '/dev/null') return 'removed';
  if (git === null && patch !== null) {
    // `diff -u` and `svn diff` mark a missing file by its empty range alone.
    if (/^@@ -0,0 /.test(patch)) return 'added';
    if (/^@@ -\S+ \+0,0 /.test(patch)) return 'removed';
  }
  return modeChanged && patch === null ? 'changed' : 'modified';
}

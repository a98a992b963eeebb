import type { ChangedFile } from './changed-file.js';
import { fileKind, type KindOf } from './file-kind.js';

/** A public name that a change takes away. */
export interface RemovedExport {
  readonly path: string;
  readonly name: string;
}

/** Beyond this a change is not read: what was moved could not be told from what went away. */
const MOST_CHARACTERS = 2_000_000;
const LINE_READ = 300;
const MOST_NAMED = 20;
const NAME = '([A-Za-z_$][A-Za-z0-9_$]*)';

/** Declarations that others can import, by a file's ending; each names what it declares. */
const DECLARATIONS: readonly (readonly [endings: RegExp, declaration: RegExp])[] = [
  [
    /\.(?:[cm]?[jt]s|[jt]sx)$/,
    new RegExp(
      `^export (?:default )?(?:declare )?(?:abstract )?(?:async )?(?:function\\*?|class|const|let|var|interface|type|enum|namespace) ${NAME}`,
    ),
  ],
  [
    /\.rs$/,
    new RegExp(
      `^ {0,4}pub (?:async |const |unsafe )*(?:fn|struct|enum|trait|type|const|static|mod) ${NAME}`,
    ),
  ],
  [/\.go$/, /^(?:func (?:\([^)]{0,80}\) )?|type |var |const )([A-Z][A-Za-z0-9_]*)/],
  [/\.py$/, /^(?:async def|def|class) ([A-Za-z][A-Za-z0-9_]*)/],
  [
    /\.(?:java|cs)$/,
    new RegExp(
      `^\\s{0,8}public (?:(?:static|final|abstract|sealed|async|virtual|override|readonly|partial) )*(?:class|interface|enum|record|struct) ${NAME}`,
    ),
  ],
];
/** Places whose names nobody outside relies on. */
const PRIVATE_PATH =
  /(^|\/)(?:_[^/]*|internals?|private|scripts?|tools?|bench(?:marks?)?|cmd|app|apps)(?:\/|$)/;

/**
 * Public declarations that stand in removed lines and in no added line of the whole change, so that
 * something moved or changed in place does not count. Tests, docs, generated files and private
 * folders are left out. A rule of thumb: it knows no re-exports and no package boundaries, and says
 * nothing of a change of more than two million characters or whose lines are not all known.
 *
 * @returns at most 20, in the order of the files
 */
export function removedExports(
  files: readonly ChangedFile[],
  kindOf: KindOf = fileKind,
): RemovedExport[] {
  const removed: RemovedExport[] = [];
  const added = new Set<string>();
  const read = files.filter((file) => isPublic(file, kindOf));
  // What went away in one file may have come back among lines that are not known.
  if (read.some(hidesAdditions)) return [];
  const characters = read.reduce((sum, { patch }) => sum + (patch?.length ?? 0), 0);
  if (characters > MOST_CHARACTERS) return [];
  for (const { path, patch } of read) {
    const declaration = DECLARATIONS.find(([endings]) => endings.test(path))?.[1];
    if (declaration === undefined || patch === null) continue;
    for (const line of patch.split('\n')) {
      if (!/^[+-]/.test(line)) continue;
      const name = declaration.exec(line.slice(1, LINE_READ))?.[1];
      if (name === undefined) continue;
      if (line.startsWith('+')) added.add(name);
      else removed.push({ path, name });
    }
  }
  const seen = new Set<string>();
  return removed
    .filter(({ name }) => !added.has(name) && !seen.has(name) && seen.add(name))
    .slice(0, MOST_NAMED);
}

function hidesAdditions({ patch, additions, cut }: ChangedFile): boolean {
  return cut === true || (patch === null && additions > 0);
}

function isPublic(file: ChangedFile, kindOf: KindOf): boolean {
  return kindOf(file.path) === 'source' && !PRIVATE_PATH.test(file.path);
}

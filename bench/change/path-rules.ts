import type { ChangedFile, ChangeType } from '../../src/triage/changed-file.js';
import { type FileKind, fileKind } from '../../src/triage/file-kind.js';

/** Where all files are of these kinds, the type follows from paths alone. */
const RULES: readonly (readonly [ReadonlySet<FileKind>, ChangeType])[] = [
  [new Set(['docs', 'asset']), 'docs'],
  [new Set(['test', 'snapshot']), 'test'],
  [new Set(['ci']), 'ci'],
  [new Set(['build', 'lock']), 'build'],
  [new Set(['config', 'lock', 'generated', 'vendored']), 'chore'],
];

/** What a labeler that sees only paths would say: else a feature where files are new, else a fix. */
export function typeByPaths(files: readonly ChangedFile[]): ChangeType {
  const kinds = files.map(({ path }) => fileKind(path));
  const rule = RULES.find(([all]) => kinds.every((kind) => all.has(kind)));
  if (rule) return rule[1];
  const fresh = files.some(({ status }, i) => status === 'added' && kinds[i] === 'source');
  return fresh ? 'feat' : 'fix';
}

import type { ChangedFile } from './changed-file.js';
import { fileKind, isSetAside, type KindOf } from './file-kind.js';
import { type Hunk, parseHunks, printHunks } from './hunks.js';

/** A part of a change and how much it counted for the type. */
export interface Attribution {
  readonly path: string;
  /** Header of the hunk, `@@ …`; null for the file as a whole. */
  readonly hunk: string | null;
  /** How much the probability falls without this part, in [-1, 1]; above 0: it spoke for it. */
  readonly weight: number;
}

export interface AttributionOptions {
  /** Times the change may be asked about again, each about as long as the first; 12 when left out. */
  readonly mostQuestions?: number;
  readonly kindOf?: KindOf;
}

const MOST_QUESTIONS = 12;
const SHOWN = 5;
const HUNKS_PER_FILE = 4;
const PATCH_READ = 20_000;

/** A part that may be left out. */
interface Part {
  readonly path: string;
  readonly hunk: string | null;
  /** What is asked then; a list of all files, so made only when its turn comes. */
  without(): readonly ChangedFile[];
}

/**
 * Which parts of a change counted, by occlusion: asks again with one part left out and takes what
 * the probability loses (Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks",
 * ECCV 2014). Hunks of the files that changed most come first, whole files where there is one hunk.
 *
 * @param probabilityOf gives the probability of the type in question for files of a change
 * @returns at most five that spoke for the type, the weightiest first
 */
export async function attributeChange(
  files: readonly ChangedFile[],
  probabilityOf: (files: readonly ChangedFile[]) => Promise<number>,
  { mostQuestions = MOST_QUESTIONS, kindOf = fileKind }: AttributionOptions = {},
): Promise<Attribution[]> {
  const parts = partsOf(files, kindOf).slice(0, Math.max(0, mostQuestions - 1));
  if (parts.length === 0) return [];
  const whole = await probabilityOf(files);
  const found: Attribution[] = [];
  for (const { path, hunk, without } of parts) {
    found.push({ path, hunk, weight: whole - (await probabilityOf(without())) });
  }
  return found
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, SHOWN);
}

/** What may be left out, files that changed most first and of each its hunks in order. */
function partsOf(files: readonly ChangedFile[], kindOf: KindOf): Part[] {
  const own = files.filter((file) => !isSetAside(kindOf(file.path)));
  const ordered = own.toSorted((a, b) => b.additions + b.deletions - a.additions - a.deletions);
  return ordered.slice(0, MOST_QUESTIONS).flatMap((file) => partsOfFile(file, files));
}

function partsOfFile(file: ChangedFile, files: readonly ChangedFile[]): Part[] {
  const hunks = file.patch === null ? [] : parseHunks(file.patch.slice(0, PATCH_READ));
  if (hunks.length < 2) {
    return [
      { path: file.path, hunk: hunks[0]?.header ?? null, without: () => without(files, file) },
    ];
  }
  return hunks.slice(0, HUNKS_PER_FILE).map((hunk) => ({
    path: file.path,
    hunk: hunk.header,
    without: () => files.map((other) => (other === file ? withoutHunk(file, hunks, hunk) : other)),
  }));
}

function without(files: readonly ChangedFile[], file: ChangedFile): ChangedFile[] {
  return files.filter((other) => other !== file);
}

function withoutHunk(file: ChangedFile, hunks: readonly Hunk[], left: Hunk): ChangedFile {
  const count = (mark: string) => left.lines.filter((line) => line.startsWith(mark)).length;
  return {
    ...file,
    additions: Math.max(0, file.additions - count('+')),
    deletions: Math.max(0, file.deletions - count('-')),
    patch: printHunks(hunks.filter((hunk) => hunk !== left)),
  };
}

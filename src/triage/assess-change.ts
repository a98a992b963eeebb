import { type RemovedExport, removedExports } from './breaking-change.js';
import { type MeasuredSize, measureSize, type SizeThresholds } from './change-size.js';
import type { ChangedFile, ChangeType } from './changed-file.js';
import {
  hasWordInFront,
  isRevertTitle,
  parseConventionalTitle,
  statesBreaking,
  suggestTitle,
} from './conventional-title.js';
import { countText } from './count-text.js';
import { fileKind, type KindOf } from './file-kind.js';
import type { Reason } from './plan.js';
import { chooseType, type TypeScores } from './score-change.js';
import { percent } from './softmax.js';

/** Everything an assessment rests on. */
export interface ChangeEvidence {
  readonly title: string;
  readonly body: string | null;
  readonly files: readonly ChangedFile[];
  /** What a path is for; by path alone when left out. */
  readonly kindOf?: KindOf;
  readonly scores: TypeScores;
  /** Per type, from the configuration or the model's manifest. */
  readonly thresholds: TypeScores;
  readonly sizes: SizeThresholds;
  /** The repository writes conventional titles; see `usesConventionalTitles`. */
  readonly conventional: boolean;
  /** The repository has tests, so that a change without any is worth a word. */
  readonly hasTests: boolean;
}

/** What is to be said of a change; nothing has happened yet. */
export interface ChangeAssessment {
  /** The type to label with: the title's word, else the model's if it is sure, else null. */
  readonly type: ChangeType | null;
  readonly typeFrom: 'title' | 'model' | null;
  /** The model's own view, whatever the title says; null when not sure. */
  readonly modelType: ChangeType | null;
  /** The title says that it is of none of the ten types: a revert, or another word of its own. */
  readonly otherType: boolean;
  /** Set when the diff strongly contradicts the title's type: worth a suggestion, never a label. */
  readonly contradicts: { readonly stated: ChangeType; readonly likeliest: ChangeType } | null;
  /** A conventional title to offer, or null when there is none to offer. */
  readonly suggestedTitle: string | null;
  readonly size: MeasuredSize;
  readonly breaking: boolean;
  /** Public names that went away; the ground for `breaking` where the title doesn't say it. */
  readonly removedExports: readonly RemovedExport[];
  /** Source changed, the repository has tests, and no test changed with it. */
  readonly needsTests: boolean;
  readonly reasons: readonly Reason[];
}

/** From here on the model is sure enough to doubt what a person wrote. */
const STRONGLY = 0.95;
/** And below here the person's word looks impossible to it. */
const IMPOSSIBLE = 0.02;
/** Types whose changes are expected to come with tests. */
const TESTED_TYPES: ReadonlySet<ChangeType> = new Set(['feat', 'fix', 'perf', 'refactor']);

/**
 * Assesses a change by its title, files and the model's scores. Pure: the same evidence gives the
 * same assessment. A title that follows the convention is taken at its word, unless the scores
 * contradict it strongly; then there is no label and only a suggestion.
 */
export function assessChange(evidence: ChangeEvidence): ChangeAssessment {
  const { title, body, files, scores, thresholds, sizes } = evidence;
  const kindOf = evidence.kindOf ?? fileKind;
  const typed = decideType(title, scores, thresholds);
  const size = measureSize(files, sizes, kindOf);
  const stated = statesBreaking(title, body);
  const removed = removedExports(files, kindOf);
  const readAs = typed.otherType ? null : (typed.type ?? typed.modelType);
  const needsTests = evidence.hasTests && lacksTests(files, kindOf, readAs);
  const reasons = [...typed.reasons, sizeReason(size), ...breakingReasons(stated, removed)];
  if (needsTests) {
    reasons.push({ code: 'needs-tests', text: 'Source changes, and no test changes with it.' });
  }
  return {
    ...typed,
    suggestedTitle: suggestionFor(title, typed, evidence.conventional),
    size,
    breaking: stated || removed.length > 0,
    removedExports: removed,
    needsTests,
    reasons,
  };
}

type TypeDecision = Pick<
  ChangeAssessment,
  'type' | 'typeFrom' | 'modelType' | 'otherType' | 'contradicts' | 'reasons'
>;

function decideType(title: string, scores: TypeScores, thresholds: TypeScores): TypeDecision {
  const { type: modelType, likeliest, reason } = chooseType(scores, thresholds);
  const none = { type: null, typeFrom: null, modelType, otherType: false, contradicts: null };
  const conventional = parseConventionalTitle(title);
  if (isRevertTitle(title) || conventional?.type === null) {
    const text =
      conventional === null
        ? 'The title is of a change that is taken back or put in again, which is none of the ten types.'
        : 'The title follows the convention, with a word that is none of the ten types.';
    return { ...none, otherType: true, reasons: [{ code: 'other-type', text }] };
  }
  if (conventional === null) {
    const typeFrom = modelType === null ? null : 'model';
    return { ...none, type: modelType, typeFrom, reasons: [reason] };
  }
  const stated = conventional.type;
  const doubtful =
    modelType !== null &&
    modelType !== stated &&
    scores[modelType] >= STRONGLY &&
    scores[stated] <= IMPOSSIBLE;
  if (doubtful) {
    const text = `The title says ${stated}, the change reads like ${likeliest}: ${percent(scores[likeliest])}.`;
    const reasons = [{ code: 'contradicted', text }];
    return { ...none, contradicts: { stated, likeliest }, reasons };
  }
  const reasons = [{ code: 'title', text: `The title says ${stated}; that stands.` }];
  return { ...none, type: stated, typeFrom: 'title', reasons };
}

function suggestionFor(title: string, typed: TypeDecision, conventional: boolean): string | null {
  if (typed.contradicts !== null) return suggestTitle(typed.contradicts.likeliest, title);
  if (!conventional || typed.typeFrom !== 'model' || typed.type === null) return null;
  const unfit = title.trim() === '' || hasWordInFront(title);
  return unfit ? null : suggestTitle(typed.type, title);
}

function lacksTests(
  files: readonly ChangedFile[],
  kindOf: KindOf,
  type: ChangeType | null,
): boolean {
  if (type === null || !TESTED_TYPES.has(type)) return false;
  const kinds = files.map((file) => ({ kind: kindOf(file.path), grew: file.additions > 0 }));
  return (
    kinds.some(({ kind, grew }) => kind === 'source' && grew) &&
    kinds.every(({ kind }) => kind !== 'test')
  );
}

function sizeReason({ size, lines, files, setAside }: MeasuredSize): Reason {
  const aside =
    setAside.length === 0
      ? ''
      : `; ${countText(setAside.length, 'file')} set aside as generated or copied`;
  const extent = `${countText(lines, 'line')} in ${countText(files, 'file')}`;
  return { code: 'size', text: `Size ${size}: ${extent}${aside}.` };
}

function breakingReasons(stated: boolean, removed: readonly RemovedExport[]): Reason[] {
  if (stated) {
    return [{ code: 'breaking-stated', text: 'The title or description says it is breaking.' }];
  }
  if (removed.length === 0) return [];
  const names = removed.slice(0, 3).map(({ name }) => `"${name}"`);
  const more = removed.length > names.length ? ` and ${removed.length - names.length} more` : '';
  return [{ code: 'breaking-export', text: `Public names went away: ${names.join(', ')}${more}.` }];
}

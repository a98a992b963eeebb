import type { ChangeAssessment } from '../triage/assess-change.js';
import type { Attribution } from '../triage/attribute-change.js';
import { CHANGE_TYPES } from '../triage/changed-file.js';
import type { TypeScores } from '../triage/score-change.js';
import { percent } from '../triage/softmax.js';
import { colours } from './colours.js';
import { printable } from './write-line.js';

const BARS = 4;
const ASIDE_SHOWN = 5;

/** Everything that is said of one change. */
export interface DescribedChange {
  readonly assessment: ChangeAssessment;
  readonly scores: TypeScores;
  /** Null where nobody asked why. */
  readonly because: readonly Attribution[] | null;
}

/** A change for people: its type, the likeliest types with bars, reasons, and what counted. */
export function describeChange(
  { assessment, scores, because }: DescribedChange,
  colour: boolean,
): string {
  const paint = colours(colour);
  const { type, otherType, reasons, size, suggestedTitle } = assessment;
  const unsure = otherType ? 'none of the ten types' : 'not sure';
  const head = type === null ? paint.yellow(unsure) : paint.green(type);
  const bars = CHANGE_TYPES.toSorted((a, b) => scores[b] - scores[a])
    .slice(0, BARS)
    .map((type) => {
      const bar = '█'.repeat(Math.round(scores[type] * 20));
      return `  ${type.padEnd(9)} ${percent(scores[type]).padStart(7)}  ${paint.dim(bar)}`.trimEnd();
    });
  const lines = [paint.bold(head), ...bars, ...reasons.map(({ text }) => printable(text))];
  if (size.setAside.length > 0) lines.push(`Set aside: ${asideText(size.setAside)}`);
  if (suggestedTitle !== null) lines.push(`Suggested title: ${printable(suggestedTitle)}`);
  return [...lines, ...(because ?? []).map(describePart)].join('\n');
}

function asideText(paths: readonly string[]): string {
  const shown = paths.slice(0, ASIDE_SHOWN).map(printable).join(', ');
  return paths.length > ASIDE_SHOWN ? `${shown} and ${paths.length - ASIDE_SHOWN} more` : shown;
}

function describePart({ path, hunk, weight }: Attribution): string {
  const place = hunk === null ? path : `${path} ${hunk}`;
  return `  +${(weight * 100).toFixed(1)} points by ${printable(place)}`;
}

import { nameOf } from './choose-class.js';
import { codeSpan } from './code-span.js';
import type { IssueType, PlannedComment, Scores } from './plan.js';

/** Hidden in the comment, so that Sentinel edits its own comment instead of adding another. */
export const SUGGESTION_MARKER = '<!-- sentinel:suggestion -->';

/** Under every suggestion: who says it, and that nothing came of it yet. */
export const SUGGESTION_FOOTER =
  '<sub>Suggested by Sentinel with a small model on the maintainers’ own machine. It was not applied: use what fits, or ignore this.</sub>';

/** The comment of suggest mode: for maintainers, short, and clear that nothing was changed. */
export function suggestLabel(label: string, type: IssueType, scores: Scores): PlannedComment {
  const why =
    type === 'documentation' ? 'as its title says' : `${Math.floor(scores[type] * 100)} % sure`;
  const body = [
    SUGGESTION_MARKER,
    `For maintainers: this reads like a ${nameOf(type)}, so the label ${codeSpan(label)} may fit (${why}).`,
    '',
    SUGGESTION_FOOTER,
  ].join('\n');
  return { marker: SUGGESTION_MARKER, body };
}

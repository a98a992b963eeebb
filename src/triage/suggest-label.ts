import { nameOf } from './choose-class.js';
import { codeSpan } from './code-span.js';
import type { IssueClass, PlannedComment, Scores } from './plan.js';

/** Hidden in the comment, so that Sentinel edits its own comment instead of adding another. */
export const SUGGESTION_MARKER = '<!-- sentinel:suggestion -->';

/** The comment of suggest mode: for maintainers, short, and clear that nothing was changed. */
export function suggestLabel(
  label: string,
  issueClass: IssueClass,
  scores: Scores,
): PlannedComment {
  const score = Math.floor(scores[issueClass] * 100);
  const body = [
    SUGGESTION_MARKER,
    `For maintainers: this reads like a ${nameOf(issueClass)}, so the label ${codeSpan(label)} may fit (${score} % sure).`,
    '',
    '<sub>Sentinel suggested this with a small model on the maintainers’ own machine. Nothing was changed: add the label, or ignore this.</sub>',
  ].join('\n');
  return { marker: SUGGESTION_MARKER, body };
}

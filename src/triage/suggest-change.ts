import { codeSpan } from './code-span.js';
import type { PlannedComment } from './plan.js';
import { SUGGESTION_FOOTER, SUGGESTION_MARKER } from './suggest-label.js';

const SHOWN_LABELS = 20;

/**
 * The comment of suggest mode on a pull request; null when there is nothing to suggest.
 *
 * @param title a conventional title to offer
 */
export function suggestChange(
  labels: readonly string[],
  title: string | null,
): PlannedComment | null {
  const lines = [];
  if (labels.length > 0) {
    const names = labels.slice(0, SHOWN_LABELS).map(codeSpan).join(', ');
    lines.push(`For maintainers: the label${labels.length === 1 ? '' : 's'} ${names} may fit.`);
  }
  if (title !== null) {
    lines.push(`A title in the form of Conventional Commits would be ${codeSpan(title)}.`);
  }
  if (lines.length === 0) {
    return null;
  }
  const body = [SUGGESTION_MARKER, lines.join('\n\n'), '', SUGGESTION_FOOTER].join('\n');
  return { marker: SUGGESTION_MARKER, body };
}

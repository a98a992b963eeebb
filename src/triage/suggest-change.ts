import { codeSpan } from './code-span.js';
import type { PlannedComment } from './plan.js';
import { SUGGESTION_MARKER } from './suggest-label.js';

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
    lines.push(
      `For maintainers: ${labels.length === 1 ? 'this label' : 'these labels'} may fit: ${names}.`,
    );
  }
  if (title !== null) {
    lines.push(`By Conventional Commits the title could be ${codeSpan(title)}.`);
  }
  if (lines.length === 0) {
    return null;
  }
  const body = [
    SUGGESTION_MARKER,
    lines.join('\n\n'),
    '',
    '<sub>Sentinel suggested this with a small model on the maintainers’ own machine. Nothing was changed: take it up, or ignore it.</sub>',
  ].join('\n');
  return { marker: SUGGESTION_MARKER, body };
}

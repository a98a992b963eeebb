import type { ChangeAssessment } from './assess-change.js';
import { codeSpan } from './code-span.js';
import type { PlannedComment } from './plan.js';
import { SUGGESTION_FOOTER, SUGGESTION_MARKER } from './suggest-label.js';

const SHOWN_LABELS = 20;

/** A title to offer, and why. */
export type TitleOffer = Pick<ChangeAssessment, 'suggestedTitle' | 'contradicts'>;

/**
 * The comment of suggest mode on a pull request; null when there is nothing to suggest.
 *
 * @param offer the title that the assessment offers, if any; null: none is to be offered
 */
export function suggestChange(
  labels: readonly string[],
  offer: TitleOffer | null,
): PlannedComment | null {
  const lines = [];
  if (labels.length > 0) {
    const names = labels.slice(0, SHOWN_LABELS).map(codeSpan).join(', ');
    lines.push(`For maintainers: the label${labels.length === 1 ? '' : 's'} ${names} may fit.`);
  }
  if (offer !== null && offer.suggestedTitle !== null) {
    const why =
      offer.contradicts === null
        ? 'A title in the form of Conventional Commits would be'
        : doubtOf(offer.contradicts);
    lines.push(`${why} ${codeSpan(offer.suggestedTitle)}.`);
  }
  if (lines.length === 0) {
    return null;
  }
  const body = [SUGGESTION_MARKER, lines.join('\n\n'), '', SUGGESTION_FOOTER].join('\n');
  return { marker: SUGGESTION_MARKER, body };
}

/** Why another title than one that follows the convention is offered; the title comes next. */
export function doubtOf({
  stated,
  likeliest,
}: NonNullable<ChangeAssessment['contradicts']>): string {
  return `The title says ${stated}, the change reads like ${likeliest}. If so, the title would be`;
}

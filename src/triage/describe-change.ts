import type { ChangeAssessment } from './assess-change.js';
import type { Attribution } from './attribute-change.js';
import type { PlannedCheck } from './change-plan.js';
import { CHANGE_TYPES } from './changed-file.js';
import { codeSpan } from './code-span.js';
import { countText } from './count-text.js';
import type { Reason } from './plan.js';
import { reasonMarkdown } from './reason-markdown.js';
import type { TypeScores } from './score-change.js';
import { percent } from './softmax.js';
import { doubtOf } from './suggest-change.js';

/** What the check tells about a change. */
export interface ChangeDescription {
  readonly assessment: ChangeAssessment;
  readonly scores: TypeScores;
  readonly model: string;
  /** Paths of the change, as many as were read. */
  readonly paths: readonly string[];
  /** Files GitHub counts. */
  readonly changedFiles: number;
  /** Labels that belong there by the configuration. */
  readonly labels: readonly string[];
  /** What counted for the type, the weightiest first. */
  readonly attributions: readonly Attribution[];
  readonly reasons: readonly Reason[];
}

const LIKELIEST = 3;
const SHOWN_AREAS = 5;
const SHOWN_FILES = 10;
/** Rules may match for hundreds; with those the summary would be longer than GitHub takes. */
const SHOWN_LABELS = 100;
const SHOWN_REASONS = 20;

/**
 * The neutral check: one line as its title, Markdown as its summary. Whatever comes from the change
 * (paths, hunks, titles, names) stands in inline code, and nothing else does, so that nothing of it is markup or a mention.
 */
export function describeChange(change: ChangeDescription): PlannedCheck {
  const { assessment } = change;
  const type = assessment.type ?? 'not sure of the type';
  const title = `${type} · size ${assessment.size.size}${assessment.breaking ? ' · breaking' : ''}`;
  const summary = [
    typeSection(change),
    titleSection(assessment),
    sizeSection(change),
    list('Labels that fit', shownNames(change.labels, SHOWN_LABELS)),
    countedSection(change),
    list(
      'Why',
      change.reasons.slice(0, SHOWN_REASONS).map(({ text }) => reasonMarkdown(text)),
    ),
    `<sub>${codeSpan(change.model)} read this on the maintainers’ own machine. This check never fails.</sub>`,
  ];
  return { title, summary: summary.filter((part) => part !== '').join('\n\n') };
}

function typeSection({ assessment, scores }: ChangeDescription): string {
  const { type, typeFrom } = assessment;
  const said = type === null ? '**Type:** not sure' : `**Type:** ${type}`;
  const from = typeFrom === 'title' ? ', as the title says' : '';
  const likeliest = CHANGE_TYPES.toSorted((a, b) => scores[b] - scores[a])
    .slice(0, LIKELIEST)
    .map((name) => `${name} (${percent(scores[name])})`)
    .join(', ');
  return `${said}${from}. The change reads like ${likeliest}.`;
}

function titleSection({ suggestedTitle, contradicts }: ChangeAssessment): string {
  if (suggestedTitle === null) {
    return '';
  }
  const why =
    contradicts === null
      ? 'Titles here follow Conventional Commits; this one could be:'
      : `${doubtOf(contradicts)}:`;
  return `${why}\n\n${codeSpan(suggestedTitle)}`;
}

function sizeSection({ assessment: { size }, paths, changedFiles }: ChangeDescription): string {
  const lines = [
    `**Size:** ${size.size}, ${countText(size.lines, 'line')} in ${countText(size.files, 'file')} written by hand.`,
    list('Touches', areasOf(paths, new Set(size.setAside))),
    list(
      'Set aside (generated, vendored, lock and snapshot files)',
      shownNames(size.setAside, SHOWN_FILES),
    ),
  ];
  if (paths.length < changedFiles) {
    lines.push(`Only ${paths.length} of ${changedFiles} files were read.`);
  }
  return lines.filter((line) => line !== '').join('\n\n');
}

function shownNames(names: readonly string[], most: number): string[] {
  const shown = names.slice(0, most).map(codeSpan);
  const more = names.length - shown.length;
  return more > 0 ? [...shown, `and ${more} more`] : shown;
}

/** Folders, two levels deep, with their counts of files; the busiest first. */
function areasOf(paths: readonly string[], setAside: ReadonlySet<string>): string[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    if (!setAside.has(path)) {
      const folder = path.split('/').slice(0, -1).slice(0, 2).join('/');
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
  }
  return [...counts]
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, SHOWN_AREAS)
    .map(([folder, count]) => {
      const where = folder === '' ? 'the top folder' : codeSpan(folder);
      return `${where}, ${countText(count, 'file')}`;
    });
}

function countedSection({ attributions, assessment }: ChangeDescription): string {
  const lines = attributions.map(({ path, hunk, weight }) => {
    const place = hunk === null ? codeSpan(path) : `${codeSpan(path)} ${codeSpan(hunk)}`;
    return `${place}: ${percent(weight)} of the probability rests on it`;
  });
  const type = assessment.modelType ?? assessment.type;
  return list(type === null ? 'What counted' : `What spoke for ${type}`, lines);
}

function list(heading: string, items: readonly string[]): string {
  return items.length === 0
    ? ''
    : `**${heading}**\n\n${items.map((item) => `- ${item}`).join('\n')}`;
}

/**
 * Issue to model input: the telling parts first, bounded, the same bytes in both languages.
 *
 * Twin of `training/sentinel_training/prepare_issue.py`. The golden file
 * `test/golden/prepare-issue.json` holds both to the same bytes.
 */
import { cleanCharacters, cutAtSpace, dropComments, stripInline } from './issue-text.js';
import { type Line, type LineKind, parseSections, type Section } from './markdown-blocks.js';

/** Raised whenever the output for any input changes; the model's manifest names the one it saw. */
export const PREPARATION_VERSION = 1;

const TITLE_READ = 1000;
const BODY_READ = 20_000;
const TITLE_CHARACTERS = 200;
const BODY_CHARACTERS = 1000;
const ENVIRONMENT_CHARACTERS = 120;
const MAX_SECTIONS = 20;
const PROSE_WEIGHT = 4;
const SNIPPET_WEIGHT = 1;

/** A piece of text that competes for the body budget. */
interface Demand {
  readonly length: number;
  readonly weight: number;
}

/** Water-filling: short pieces whole, long ones an equal (weighted) share. */
export function shareBudget(demands: readonly Demand[], budget: number): number[] {
  const shares = demands.map(() => 0);
  let waiting = [...demands.entries()];
  let left = budget;
  while (waiting.length > 0) {
    const total = waiting.reduce((sum, [, demand]) => sum + demand.weight, 0);
    const open = left;
    const fits = (demand: Demand) => demand.length * total <= open * demand.weight;
    const fitting = waiting.filter(([, demand]) => fits(demand));
    if (fitting.length === 0) {
      for (const [i, { weight }] of waiting) shares[i] = Math.floor((open * weight) / total);
      return shares;
    }
    waiting = waiting.filter(([, demand]) => !fits(demand));
    for (const [i, { length }] of fitting) {
      shares[i] = length;
      left -= length;
    }
  }
  return shares;
}

/** The section's lines, its heading as the first; environment fields on one line. */
function withHeading({ heading, lines }: Section): readonly Line[] {
  if (heading === '') return lines;
  const label = /[.:?!]$/.test(heading) ? heading : `${heading}:`;
  if (lines.length > 0 && lines.every((line) => line.kind === 'environment')) {
    return [{ kind: 'environment', text: [label, ...lines.map((line) => line.text)].join(' ') }];
  }
  return [{ kind: 'prose', text: label }, ...lines];
}

/** A section with content, or a heading over deeper ones ("Bug report"). */
function isTelling(section: Section, following: Section | undefined): boolean {
  if (section.lines.length > 0) return true;
  return section.heading !== '' && following !== undefined && following.level > section.level;
}

/** Environment fields in order while they fit their own small budget. */
function keepEnvironment(sections: readonly (readonly Line[])[]): {
  kept: Line[][];
  used: number;
} {
  let used = 0;
  const kept = sections.map((lines) =>
    lines.filter((line) => {
      if (line.kind !== 'environment') return true;
      if (used + line.text.length + 1 > ENVIRONMENT_CHARACTERS) return false;
      used += line.text.length + 1;
      return true;
    }),
  );
  return { kept, used };
}

/** Characters one kind of line takes, line breaks included. */
function lengthOf(lines: readonly Line[], kind: LineKind): number {
  return lines.reduce((sum, line) => (line.kind === kind ? sum + line.text.length + 1 : sum), 0);
}

/** Lines in document order, each kind cut off where its share ends. */
function fill(lines: readonly Line[], prose: number, snippet: number): string[] {
  const left = { prose, snippet, environment: ENVIRONMENT_CHARACTERS };
  const filled: string[] = [];
  for (const { kind, text } of lines) {
    const cut = cutAtSpace(text, Math.max(0, left[kind] - 1));
    left[kind] -= text.length + 1;
    if (cut !== '') filled.push(cut);
  }
  return filled;
}

/** The issue body as plain lines within the body budget. */
function prepareBody(body: string): string {
  const parsed = parseSections(dropComments(cleanCharacters(body, BODY_READ)));
  const telling = parsed.filter((section, index) => isTelling(section, parsed[index + 1]));
  const { kept, used } = keepEnvironment(telling.slice(0, MAX_SECTIONS).map(withHeading));
  const demands = kept.flatMap((lines) => [
    { length: lengthOf(lines, 'prose'), weight: PROSE_WEIGHT },
    { length: lengthOf(lines, 'snippet'), weight: SNIPPET_WEIGHT },
  ]);
  const shares = shareBudget(demands, BODY_CHARACTERS - used);
  return kept
    .flatMap((lines, index) => fill(lines, shares[2 * index] ?? 0, shares[2 * index + 1] ?? 0))
    .join('\n');
}

/** The title as one clean line. */
function singleLine(title: string): string {
  const line = stripInline(cleanCharacters(title, TITLE_READ).replaceAll('\n', ' '));
  return cutAtSpace(line, TITLE_CHARACTERS);
}

/**
 * The text the encoder reads: `title |` and the body under it.
 *
 * Never longer than about 1,210 characters, whatever comes in; linear in what is read of it.
 */
export function prepareIssue(issue: {
  readonly title: string;
  readonly body: string | null;
}): string {
  const head = singleLine(issue.title);
  const body = prepareBody(issue.body ?? '');
  if (body === '') return head;
  return head === '' ? body : `${head} |\n${body}`;
}

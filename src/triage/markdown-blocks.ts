/**
 * Issue Markdown to sections of classified lines.
 *
 * Twin of `training/sentinel_training/markdown_blocks.py`; see `issue-text.ts` for the rules that
 * keep the two alike.
 */
import {
  asciiLower,
  cutAtSpace,
  squeeze,
  stripInline,
  trimEndOf,
  trimSpaces,
} from './issue-text.js';

/** A line's kind decides its share of the budget: prose > snippet > environment. */
export type LineKind = 'prose' | 'snippet' | 'environment';

/** One classified line of plain text. */
export interface Line {
  readonly kind: LineKind;
  readonly text: string;
}

/** A heading (may be empty) and the classified lines under it. */
export interface Section {
  readonly level: number;
  readonly heading: string;
  readonly lines: readonly Line[];
}

const SNIPPET_LINE_CHARACTERS = 100;
const CHECKED_ITEM_CHARACTERS = 80;
const REPEATED_LINE_CHARACTERS = 12;
const BOLD_HEADING_LEVEL = 7;

/** A line that opens or closes a fenced block: its marks, and what stands behind them. */
export const FENCE = /^[ >]*(`{3,}|~{3,}) *([^`]*)$/;
const HEADING = /^ {0,3}(#{1,6}) +([^ ].*)$/;
const TIGHT_HEADING = /^ {0,3}(#{2,6})([A-Za-z].*)$/;
const FORM_HEADING = /^#{2,4} [A-Z]/;
const RULE = /^ *(?:[-=_*] *){3,}$/;
const TABLE_RULE = /^[ |:-]+$/;
const CHECKBOX = /^ *(?:(?:[-*+]|[0-9]+[.]) +)?\[([ xX])\](.*)$/;
const QUOTE = /^ *>[> ]*/;
const BULLET = /^ *[-*+] +/;
const LOG_LINE = new RegExp(
  '^ *(?:at [^ ]+ ?[(]|at [^ ]+:[0-9]+|in [A-Z][A-Za-z]+ [(]at |File "|#[0-9]+ +0x|[$] |>>> |' +
    '\\[?[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}|\\[?[0-9]{2}:[0-9]{2}:[0-9]{2}|' +
    'diff --git |@@ |[+][+][+] |--- [ab]/)',
);
const CODE_SYMBOL = /[{}();=<>[\]|&$_/\\]/g;
const CONTAINER_OPEN = /<(details|pre|table)[ >]/;
const EMPTY_VALUE =
  /^[_*(]*(?:no response|n\/?a|none|nope|nil|null|tbd|not applicable|[-.?]+)[_*).]*$/;
const ENVIRONMENT_KEY = new RegExp(
  '(?:version|^os$|operating system|platform|environment|compiler|cuda|gpu|bazel|browser|device|' +
    'system info|python|node|architecture|commit|custom code|source|reproduced the bug|cpu)',
);
const ENVIRONMENT_LINE = new RegExp(
  '^[ *+-]*(?:[a-z0-9./() -]{0,40} )?(?:version|versions|os|system|platform|compiler|browser|cuda|gpu|cpu|cpus|' +
    'commit|electron|chrome|chromium|node.js|v8|memory[a-z() ]*|modes|sandboxed|python|cmake|date)[a-z ()/.]{0,30}:',
);
const BOILERPLATE = new RegExp(
  "searched|existing issue|duplicate|code of conduct|i have read|i've read|i agree|i checked|i have checked|" +
    'checked the|contributing|guidelines|faq|latest version|documentation',
);
const TELLING = new RegExp(
  "error|exception|fail|fatal|panic|crash|abort|assert|segfault|segmentation|undefined|cannot|can't|" +
    'warning|denied|not found|invalid|unexpected|unable',
);

const BLANK: Line = { kind: 'prose', text: '' };

/** An ATX heading, or a line that is bold from end to end. */
function headingOf(line: string): { level: number; heading: string } | undefined {
  const match = HEADING.exec(line) ?? TIGHT_HEADING.exec(line);
  if (match) {
    const heading = stripInline(trimEndOf(match[2] ?? '', '# '));
    return { level: (match[1] ?? '').length, heading };
  }
  const bold = trimEndOf(trimSpaces(line), ':');
  const inner = bold.slice(2, -2);
  const isBold = bold.startsWith('**') && bold.endsWith('**') && !inner.includes('**');
  if (bold.length < 5 || bold.length > 124 || !isBold) return undefined;
  return { level: BOLD_HEADING_LEVEL, heading: stripInline(inner.replaceAll('*', '')) };
}

/** Log and stack-trace shapes, and indented lines dense in code symbols. */
function isCodeLike(line: string): boolean {
  if (LOG_LINE.test(line)) return true;
  if (!line.startsWith('    ')) return false;
  return (line.match(CODE_SYMBOL) ?? []).length * 8 > trimSpaces(line).length;
}

/** A ticked item's text; nothing for an open one or for boilerplate. */
function checkboxText(mark: string, item: string): string {
  const text = stripInline(item);
  if (mark === ' ' || BOILERPLATE.test(asciiLower(text))) return '';
  return cutAtSpace(text, CHECKED_ITEM_CHARACTERS);
}

/** Classify and strip one line outside code; the text may come out empty. */
function proseLine(line: string): Line {
  const checkbox = CHECKBOX.exec(line);
  if (checkbox) {
    return { kind: 'prose', text: checkboxText(checkbox[1] ?? '', checkbox[2] ?? '') };
  }
  if (RULE.test(line)) return BLANK;
  if (isCodeLike(line)) return { kind: 'snippet', text: squeeze(line) };
  const text = stripInline(line.replace(QUOTE, '').replace(BULLET, ''));
  const lowered = asciiLower(text);
  if (EMPTY_VALUE.test(lowered)) return BLANK;
  return { kind: ENVIRONMENT_LINE.test(lowered) ? 'environment' : 'prose', text };
}

/** A closing fence, or an issue-form heading after a fence left open. */
function closesFence(lines: readonly string[], index: number, fence: string): boolean {
  const line = lines[index] ?? '';
  const marker = FENCE.exec(line)?.[1];
  if (marker && marker[0] === fence[0] && marker.length >= fence.length) return true;
  const around = (lines[index - 1] ?? '') + (lines[index + 1] ?? '');
  return FORM_HEADING.test(line) && trimSpaces(around) === '';
}

/** The line under a table's header. */
function isTableRule(line: string): boolean {
  return line.includes('|') && TABLE_RULE.test(line);
}

/** A row of a pipe table, with or without the outer pipes. */
function isTableRow(lines: readonly string[], index: number, inTable: boolean): boolean {
  const line = lines[index] ?? '';
  if (!line.includes('|')) return false;
  if (inTable || trimSpaces(line).startsWith('|')) return true;
  const next = lines[index + 1];
  return next !== undefined && isTableRule(next);
}

/** A table row's cells as one line; nothing for the rule under the header. */
function tableRow(line: string): string {
  return isTableRule(line) ? '' : squeeze(stripInline(line).replaceAll('|', ' '));
}

/** Walks the lines of an issue and keeps what is open: fence, container, table. */
class SectionReader {
  readonly sections: { level: number; heading: string; lines: Line[] }[] = [];
  private current: Line[] = [];
  private fence = '';
  private container = '';
  private inTable = false;

  constructor(private readonly lines: readonly string[]) {
    this.open(0, '');
  }

  /** Classify the line at `index`. */
  read(index: number): void {
    const line = this.lines[index] ?? '';
    if (this.readFenced(line, index)) return;
    const opening = FENCE.exec(line);
    if (opening) {
      this.fence = opening[1] ?? '';
      return;
    }
    if (this.readContained(line)) return;
    this.inTable = isTableRow(this.lines, index, this.inTable);
    if (this.inTable) {
      this.current.push({ kind: 'snippet', text: tableRow(line) });
      return;
    }
    const heading = headingOf(line);
    if (heading) this.open(heading.level, heading.heading);
    else this.current.push(proseLine(line));
  }

  private open(level: number, heading: string): void {
    this.current = [];
    this.sections.push({ level, heading, lines: this.current });
  }

  /** A line inside a fence, or its end; false where the line is still to be read. */
  private readFenced(line: string, index: number): boolean {
    if (this.fence === '') return false;
    if (!closesFence(this.lines, index, this.fence)) {
      this.current.push({ kind: 'snippet', text: squeeze(line) });
      return true;
    }
    const match = FENCE.exec(line);
    // A fence that names a language opens the next block.
    this.fence = match && trimSpaces(match[2] ?? '') !== '' ? (match[1] ?? '') : '';
    if (match) this.current.push(BLANK);
    return match !== null;
  }

  /** A line inside <details>, <pre> or <table>. */
  private readContained(line: string): boolean {
    const lowered = asciiLower(line);
    if (this.container === '') this.container = CONTAINER_OPEN.exec(lowered)?.[1] ?? '';
    if (this.container === '') return false;
    this.current.push({ kind: 'snippet', text: stripInline(line) });
    if (lowered.includes(`</${this.container}`)) this.container = '';
    return true;
  }
}

/** Split cleaned Markdown at its headings and classify every line. */
export function parseSections(text: string): Section[] {
  const lines = text.split('\n');
  const reader = new SectionReader(lines);
  for (let index = 0; index < lines.length; index += 1) reader.read(index);
  const seen = new Set<string>();
  return reader.sections.map((section) => settle(section, seen));
}

/** First and last line that report trouble; else the first two lines. */
function tellingLines(block: readonly string[]): Line[] {
  const telling = block.filter((line) => TELLING.test(asciiLower(line)));
  const first = telling[0];
  const last = telling.at(-1);
  let chosen = block.slice(0, 2);
  if (first !== undefined && last !== undefined) chosen = first === last ? [first] : [first, last];
  return chosen.map((line) => ({
    kind: 'snippet',
    text: cutAtSpace(line, SNIPPET_LINE_CHARACTERS),
  }));
}

/** Shorten snippets, drop blanks and lines seen before, route environment fields. */
function settle(section: Section, seen: Set<string>): Section {
  const settled: Line[] = [];
  let block: string[] = [];
  for (const line of [...section.lines, BLANK]) {
    if (line.kind === 'snippet') {
      if (line.text !== '') block.push(line.text);
      continue;
    }
    settled.push(...tellingLines(block));
    block = [];
    const repeated = line.text.length >= REPEATED_LINE_CHARACTERS && seen.has(line.text);
    if (line.text === '' || repeated) continue;
    seen.add(line.text);
    settled.push(line);
  }
  return { ...section, lines: asEnvironment(section.heading, settled) };
}

/** The lines as environment fields where a short section's heading names one. */
function asEnvironment(heading: string, lines: readonly Line[]): readonly Line[] {
  const length = lines.reduce((sum, line) => sum + line.text.length, 0);
  const named = heading !== '' && ENVIRONMENT_KEY.test(asciiLower(heading));
  if (!named || length > 120) return lines;
  return lines.map((line) => ({ kind: 'environment', text: line.text }));
}

import { displayWidth } from '../demo/fit-column.js';

/** A piece of a line in one style. */
interface Run {
  readonly column: number;
  readonly text: string;
  readonly style: string;
}

const FONT_SIZE = 13;
const COLUMN = 7.83;
const LINE = 19;
const MARGIN = 16;
/** On a dark ground; the codes are those of picocolors. */
const COLOURS: Readonly<Record<number, string>> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  35: '#d2a8ff',
  36: '#76e3ea',
  39: '',
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what it reads
const STYLE_CODE = /\u001b\[([\d;]*)m/;
const ERASE = '\r\u001b[2K';

/** What a terminal that got this output shows in the end, as an SVG picture. */
export function renderTerminal(output: string): string {
  const lines = output
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.split(ERASE).at(-1) ?? '');
  while (lines.at(-1)?.trim() === '') lines.pop();
  const drawn = lines.map(runsOf);
  const ends = drawn.flatMap((runs) => runs.map((run) => run.column + displayWidth(run.text)));
  const width = Math.ceil(Math.max(0, ...ends) * COLUMN + 2 * MARGIN);
  const height = lines.length * LINE + 2 * MARGIN;
  const texts = drawn.flatMap((runs, index) => {
    const y = MARGIN + (index + 0.75) * LINE;
    return runs.map((run) => textOf(run, y));
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="${FONT_SIZE}" fill="#e6edf3">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${texts.join('\n')}
</svg>
`;
}

function textOf({ column, text, style }: Run, y: number): string {
  // The width is set, so that columns stay in line in whatever font there is.
  const length = (displayWidth(text) * COLUMN).toFixed(2);
  const x = (MARGIN + column * COLUMN).toFixed(2);
  return `<text x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs" xml:space="preserve"${style}>${escapeXml(text)}</text>`;
}

/** A line in pieces: a new one at each change of style and after each gap. */
function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  const codes = new Set<string>();
  let colour = '';
  let column = 0;
  for (const [index, part] of line.split(STYLE_CODE).entries()) {
    if (index % 2 === 1) {
      for (const code of part.split(';').map(Number)) {
        if (code in COLOURS) colour = COLOURS[code] ?? '';
        else change(codes, code);
        if (code === 0) colour = '';
      }
      continue;
    }
    for (const piece of part.split(/( {2,})/)) {
      if (piece.trim() !== '') runs.push({ column, text: piece, style: styleOf(codes, colour) });
      column += displayWidth(piece);
    }
  }
  return runs;
}

function change(codes: Set<string>, code: number): void {
  if (code === 0) codes.clear();
  if (code === 1) codes.add('font-weight="bold"');
  if (code === 2) codes.add('opacity="0.6"');
  if (code === 4) codes.add('text-decoration="underline"');
  if (code === 22) {
    codes.delete('font-weight="bold"');
    codes.delete('opacity="0.6"');
  }
  if (code === 24) codes.delete('text-decoration="underline"');
}

function styleOf(codes: ReadonlySet<string>, colour: string): string {
  const attributes = colour === '' ? [...codes] : [...codes, `fill="${colour}"`];
  return attributes.map((attribute) => ` ${attribute}`).join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

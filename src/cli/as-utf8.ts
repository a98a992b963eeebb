import { TextDecoder } from 'node:util';

/** Encodings told by the mark that a text begins with (https://encoding.spec.whatwg.org/#bom-sniff). */
const MARKS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
const LONGEST_MARK = 3;

/**
 * A text's bytes in UTF-8, without a byte-order mark. Where other shells pass bytes on, Windows
 * PowerShell writes UTF-16 with one; what has no mark is taken for UTF-8.
 */
export async function* asUtf8(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | null | undefined;
  for await (const chunk of withWholeMark(input)) {
    if (decoder === undefined) decoder = decoderFor(chunk);
    yield decoder === null ? chunk : Buffer.from(decoder.decode(chunk, { stream: true }));
  }
  if (decoder) yield Buffer.from(decoder.decode());
}

/** The same bytes; a mark is not spread over chunks. */
async function* withWholeMark(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let start: Uint8Array | null = new Uint8Array();
  for await (const chunk of input) {
    if (start === null) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length < LONGEST_MARK) continue;
    yield start;
    start = null;
  }
  if (start !== null) yield start;
}

/** What takes the mark away and decodes the rest; null where there is none. */
function decoderFor(start: Uint8Array): TextDecoder | null {
  const found = MARKS.find(([, mark]) => mark.every((byte, index) => start[index] === byte));
  return found === undefined ? null : new TextDecoder(found[0]);
}

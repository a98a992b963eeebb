import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asUtf8 } from '../../src/cli/as-utf8.js';
import { readStart } from '../../src/cli/input.js';

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const ENCODINGS: readonly (readonly [string, (text: string) => Buffer])[] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16 as Windows PowerShell writes it', utf16],
  ['UTF-16, the high byte first', (text) => utf16(text).swap16()],
];

/** The bytes in chunks of these lengths, over and over. */
async function* chunked(bytes: Buffer, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? bytes.length;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

it.each(ENCODINGS)('reads %s, however it is cut into chunks', async (_, encode) => {
  const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), lengths, async (text, chunks) => {
      // A mark of its own at the start is not part of the text.
      fc.pre(!text.startsWith('\ufeff'));
      expect(await readStart(chunked(encode(text), chunks), 1e6)).toBe(text);
    }),
  );
});

it('passes on bytes without a mark as they are, were they no text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 20 }), async (bytes) => {
      fc.pre(![0xef, 0xfe, 0xff].includes(bytes[0] ?? 0));
      const parts: Uint8Array[] = [];
      for await (const part of asUtf8(chunked(Buffer.from(bytes), [1]))) parts.push(part);
      expect(Buffer.concat(parts)).toEqual(Buffer.from(bytes));
    }),
  );
});

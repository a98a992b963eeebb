import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Writes a line and waits while the reader is slower, so that nothing piles up in memory. */
export async function writeLine(output: Writable, text: string): Promise<void> {
  if (!output.write(`${text}\n`)) await once(output, 'drain');
}

/** One JSON value, indented for people, on a stream. */
export function writeJson(output: Writable, value: unknown): Promise<void> {
  return writeLine(output, JSON.stringify(value, null, 2));
}

/**
 * Text from elsewhere, safe for a terminal: control characters (escape sequences) and line breaks
 * become spaces.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}

import type { z } from 'zod';
import { type BoundedLine, boundedLines } from './bounded-lines.js';

/** One line of output, and whether it tells of a bad line of input. */
export interface AnsweredLine {
  readonly json: string;
  readonly failed: boolean;
}

/** Says what is wrong with a line that has the right form. */
export class BadLine {
  constructor(readonly error: string) {}
}

/** What a line must be. */
export interface LineForm<Row> {
  readonly schema: z.ZodType<Row>;
  /** Bytes of the longest line that is read. */
  readonly maxBytes: number;
  /** What the object has, as told where a line is something else: `"title" and "body"`. */
  readonly fields: string;
}

/**
 * Answers each line of JSON with a line of JSON, in order, one at a time. A line that is not what it
 * should be, or for which `answer` gives a `BadLine`, is answered with `{"error": …}` in its place.
 */
export async function* answerLines<Row>(
  input: AsyncIterable<Uint8Array>,
  form: LineForm<Row>,
  answer: (row: Row) => Promise<unknown>,
): AsyncGenerator<AnsweredLine> {
  for await (const line of boundedLines(input, form.maxBytes)) {
    const parsed = parseLine(line, form);
    const answered = parsed instanceof BadLine ? parsed : await answer(parsed.row);
    const failed = answered instanceof BadLine;
    const said = failed ? { error: `line ${line.number}: ${answered.error}` } : answered;
    yield { json: JSON.stringify(said), failed };
  }
}

function parseLine<Row>(
  line: BoundedLine,
  { schema, maxBytes, fields }: LineForm<Row>,
): { row: Row } | BadLine {
  if ('tooLong' in line) return new BadLine(`is longer than ${maxBytes} bytes`);
  if (line.text.trim() === '') return new BadLine('is empty');
  let json: unknown;
  try {
    json = JSON.parse(line.text);
  } catch {
    return new BadLine('is not JSON');
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? { row: parsed.data } : new BadLine(describe(parsed.error, fields));
}

function describe(error: z.ZodError, wanted: string): string {
  const fields = error.issues.map((issue) => issue.path.join('.')).filter((path) => path !== '');
  if (fields.length === 0) return `must be an object with ${wanted}`;
  return `${fields.map((field) => `"${field}"`).join(' and ')} must be a string`;
}

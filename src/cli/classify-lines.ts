import { z } from 'zod';
import type { Classifier } from '../models/encoder.js';
import { type BoundedLine, boundedLines } from './bounded-lines.js';
import { classifyText, type IssueText, roundScores } from './classify-text.js';

/** GitHub's bodies end at 65,536 characters; escaped, that is well under this. */
export const MAX_LINE_BYTES = 1024 * 1024;

/** Other fields, such as `repo`, may stand there; the encoder reads the text alone. */
const lineSchema = z.object({
  title: z.string(),
  body: z.string().nullable().default(null),
});

/**
 * Answers each line of JSON with a line of JSON, in order, one at a time. A line that is no issue
 * is answered with `{"error": …}` in its place.
 */
export async function* classifyLines(
  encoder: Classifier,
  input: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ readonly json: string; readonly failed: boolean }> {
  for await (const line of boundedLines(input, MAX_LINE_BYTES)) {
    const issue = parseLine(line);
    if ('error' in issue) {
      yield {
        json: JSON.stringify({ error: `line ${line.number}: ${issue.error}` }),
        failed: true,
      };
      continue;
    }
    const { label, scores, ms } = await classifyText(encoder, issue);
    yield { json: JSON.stringify({ label, scores: roundScores(scores), ms }), failed: false };
  }
}

function parseLine(line: BoundedLine): IssueText | { error: string } {
  if ('tooLong' in line) return { error: `is longer than ${MAX_LINE_BYTES} bytes` };
  if (line.text.trim() === '') return { error: 'is empty' };
  let json: unknown;
  try {
    json = JSON.parse(line.text);
  } catch {
    return { error: 'is not JSON' };
  }
  const parsed = lineSchema.safeParse(json);
  if (!parsed.success) return { error: describe(parsed.error) };
  return parsed.data;
}

function describe(error: z.ZodError): string {
  const fields = error.issues.map((issue) => issue.path.join('.')).filter((path) => path !== '');
  if (fields.length === 0) return 'must be an object with "title" and "body"';
  return `${fields.map((field) => `"${field}"`).join(' and ')} must be a string`;
}

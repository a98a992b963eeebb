import { z } from 'zod';
import type { LabelledIssue } from '../learning/labelled-issue.js';
import { boundedLines } from './bounded-lines.js';
import { CommandError, type Io } from './command.js';
import { openInput } from './input.js';

const MAX_LINE_BYTES = 1024 * 1024;
const MOST_ISSUES = 50_000;

/** `2024-01-31T12:00:00Z` or, as data files have it, `2024-01-31 12:00:00` (UTC). */
const instant = z.string().transform((text, context) => {
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.replace(' ', 'T')}Z`;
  const time = Date.parse(/T/.test(zoned) ? zoned : text);
  if (Number.isNaN(time)) {
    context.addIssue('must be a date and time');
    return z.NEVER;
  }
  return new Date(time).toISOString();
});

const labelName = z.string().trim().min(1).max(200);
const rowSchema = z
  .object({
    title: z.string(),
    body: z.string().nullable().default(null),
    created_at: instant,
    labels: z.array(labelName).max(100).optional(),
    label: labelName.optional(),
    author_association: z.string().max(40).nullish(),
  })
  .refine((row) => row.labels !== undefined || row.label !== undefined, {
    path: ['labels'],
    message: 'must be there (or "label")',
  });

/**
 * Reads labelled issues, a JSON object a line: `title`, `body`, `created_at` and `labels` or `label`.
 *
 * @throws {CommandError} naming the line that is none, or a file that cannot be read or has no line
 */
export async function readHistoryFile(file: string, io: Io): Promise<LabelledIssue[]> {
  const issues: LabelledIssue[] = [];
  for await (const line of boundedLines(await openInput(file, io), MAX_LINE_BYTES)) {
    const at = `${file}, line ${line.number}`;
    if ('tooLong' in line) throw new CommandError(`${at} is longer than ${MAX_LINE_BYTES} bytes`);
    if (line.text.trim() === '') continue;
    if (issues.length === MOST_ISSUES) {
      throw new CommandError(`${file} has more than ${MOST_ISSUES} issues; give the newest`);
    }
    issues.push(parseRow(line.text, at));
  }
  if (issues.length === 0) throw new CommandError(`${file} has no issues in it`);
  return issues;
}

function parseRow(text: string, at: string): LabelledIssue {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CommandError(`${at} is not JSON`);
  }
  const parsed = rowSchema.safeParse(json);
  if (!parsed.success) {
    const [problem] = parsed.error.issues;
    const where = problem?.path.join('.') || 'the line';
    throw new CommandError(`${at}: ${where}: ${problem?.message}`);
  }
  const { title, body, created_at: createdAt, labels, label } = parsed.data;
  return {
    title,
    body,
    createdAt,
    labels: labels ?? (label === undefined ? [] : [label]),
    authorAssociation: parsed.data.author_association ?? undefined,
  };
}

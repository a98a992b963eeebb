import { z } from 'zod';
import type { LabelledIssue } from '../learning/labelled-issue.js';
import { boundedLines } from './bounded-lines.js';
import { CommandError, type Io } from './command.js';
import { inputName, openInput } from './input.js';

const MAX_LINE_BYTES = 1024 * 1024;
const MOST_ISSUES = 50_000;

/** A string, with what to say of another value and of none. */
function must(be: string) {
  return z.string({ error: ({ input }) => (input === undefined ? 'is missing' : `must ${be}`) });
}

/** `2024-01-31T12:00:00Z` or, as data files have it, `2024-01-31 12:00:00` (UTC). */
const instant = must('be a date and time').transform((text, context) => {
  // Left to guess, `Date.parse` takes "5" for a day in May, and reads others in this machine's zone.
  const dated = /^\d{4}-\d\d-\d\d/.test(text);
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.replace(' ', 'T')}Z`;
  const time = Date.parse(/T/.test(zoned) ? zoned : text);
  if (!dated || Number.isNaN(time)) {
    context.addIssue('must be a date and time');
    return z.NEVER;
  }
  return new Date(time).toISOString();
});

const labelName = must('be a name')
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'must be at most 200 characters long');
const rowSchema = z
  .object(
    {
      title: must('be a string'),
      body: must('be a string or null').nullable().default(null),
      created_at: instant,
      labels: z
        .array(labelName, 'must be a list of names')
        .max(100, 'must be at most 100 names')
        .optional(),
      label: labelName.optional(),
      author_association: must('be a string')
        .max(40, 'must be at most 40 characters long')
        .nullish(),
    },
    'must be an object',
  )
  .refine((row) => row.labels !== undefined || row.label !== undefined, {
    path: ['labels'],
    message: 'is missing',
  });
/** What a line has, as told where something is missing. */
const FORM = '{"title","body","labels","created_at"}';

/**
 * Reads labelled issues, a JSON object a line: `title`, `body`, `created_at` and `labels` or `label`.
 *
 * @throws {CommandError} naming the line that is none, or a file that cannot be read or has no line
 */
export async function readHistoryFile(file: string, io: Io): Promise<LabelledIssue[]> {
  const issues: LabelledIssue[] = [];
  const name = inputName(file);
  for await (const line of boundedLines(await openInput(file, io), MAX_LINE_BYTES)) {
    const at = `${name}, line ${line.number}`;
    if ('tooLong' in line) throw new CommandError(`${at} is longer than ${MAX_LINE_BYTES} bytes`);
    if (line.text.trim() === '') continue;
    if (issues.length === MOST_ISSUES) {
      throw new CommandError(`${name} has more than ${MOST_ISSUES} issues; give the newest`);
    }
    issues.push(parseRow(line.text, at));
  }
  if (issues.length === 0) throw new CommandError(`${name} has no issues in it`);
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
    const key = problem?.path.join('.') ?? '';
    const what = key === '' ? 'the line' : `"${key}"`;
    throw new CommandError(`${at}: ${what} ${problem?.message}; a line is ${FORM}`);
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

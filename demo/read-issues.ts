import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ISSUE_TYPES, type IssueType } from '../src/triage/plan.js';

/** A line of an issues file. */
export interface DemoIssue {
  readonly title: string;
  readonly body: string;
  /** `owner/name`. */
  readonly repo?: string;
  readonly author?: string;
  /** What a careful maintainer would do; null is "leave it alone". Absent when nobody said. */
  readonly expected?: IssueType | null;
}

/** Something the user has to put right: told in one line, exit code 2. */
export class BadInput extends Error {}

/** More than GitHub's form takes today (65,536): older issues hold bodies of 200,000 characters. */
const LONGEST_BODY = 4 * 65_536;

const issueType = z.enum(ISSUE_TYPES);
const lineSchema = z.object({
  title: z.string().trim().min(1).max(1024),
  body: z
    .string()
    .max(LONGEST_BODY)
    .nullish()
    .transform((body) => body ?? ''),
  repo: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/, 'expected owner/name')
    .nullish(),
  author: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}(\[bot\])?$/, 'expected a login')
    .nullish(),
  label: issueType.nullish(),
  expected: issueType.nullable().optional(),
});

/**
 * Reads issues, one JSON object a line: `title`, `body`, and if known `repo`, `author`, and
 * `label` (or `expected`, which may be null). Empty lines are skipped; the first bad line ends it.
 *
 * @example
 * const issues = await readIssues('issues.jsonl', { limit: 100 });
 */
export async function readIssues(
  file: string,
  options: { readonly limit?: number } = {},
): Promise<DemoIssue[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new BadInput(`${file}: ${describe(error)}`);
  });
  const issues: DemoIssue[] = [];
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split('\n')
    .entries()) {
    if (issues.length === options.limit) break;
    if (line.trim() !== '') issues.push(parseLine(line, `${file}:${index + 1}`));
  }
  if (issues.length === 0) throw new BadInput(`${file}: there is no issue in it`);
  return issues;
}

function describe(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'there is no such file';
  if (error.code === 'EISDIR') return 'this is a folder; name a file';
  return error.message;
}

function parseLine(line: string, where: string): DemoIssue {
  const parsed = lineSchema.safeParse(parseJson(line, where));
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    const key = first?.path.join('.') ?? '';
    throw new BadInput(
      `${where}: ${key === '' ? '' : `${key}: `}${first?.message ?? 'not an issue'}`,
    );
  }
  const { title, body, repo, author, label, expected } = parsed.data;
  const known = expected === undefined ? (label ?? undefined) : expected;
  return {
    title,
    body,
    ...(repo == null ? {} : { repo }),
    ...(author == null ? {} : { author }),
    ...(known === undefined ? {} : { expected: known }),
  };
}

function parseJson(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new BadInput(`${where}: this line is not JSON`);
  }
}

import { readFileSync } from 'node:fs';
import { z } from 'zod';

const issueSchema = z
  .object({
    repo: z.string(),
    title: z.string(),
    body: z.string().nullable(),
    label: z.enum(['bug', 'feature', 'question']),
  })
  .transform(({ repo, ...issue }) => ({ ...issue, body: issue.body ?? '', repository: repo }));

export type BenchIssue = z.output<typeof issueSchema>;

/** Reads labelled issues, one JSON object a line. */
export function readIssues(file: string): BenchIssue[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => issueSchema.parse(JSON.parse(line)));
}

/** Evenly spaced, so that every repository and label is in it. */
export function sample<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, items.length / count);
  return Array.from(
    { length: Math.min(count, items.length) },
    (_, i) => items[Math.floor(i * step)],
  ).filter((item) => item !== undefined);
}

import { z } from 'zod';

const repository = z.object({ full_name: z.string().regex(/^[^/\s]+\/[^/\s]+$/) });
const issue = z.object({ number: z.number().int().positive() });

const issueEventSchema = z.object({
  action: z.string(),
  installation: z.object({ id: z.number().int().positive() }),
  repository,
  issue: issue.extend({ pull_request: z.unknown().optional() }),
  sender: z.object({ login: z.string(), type: z.string().default('User') }).optional(),
  changes: z
    .object({ new_issue: issue.nullish(), new_repository: repository.nullish() })
    .optional(),
});

/** What handlers need of an `issues` webhook. */
export type IssueEvent = z.output<typeof issueEventSchema>;

/** Which issue a delivery is about, and as whom to act on it. */
export interface IssueTarget {
  readonly installationId: number;
  /** `owner/name`. */
  readonly repository: string;
  readonly issue: number;
}

/** Null when the payload is not that of an `issues` event of an installed App. */
export function parseIssueEvent(payload: unknown): IssueEvent | null {
  return issueEventSchema.safeParse(payload).data ?? null;
}

/** The issue the event happened to. */
export function targetOf(event: IssueEvent): IssueTarget {
  return {
    installationId: event.installation.id,
    repository: event.repository.full_name,
    issue: event.issue.number,
  };
}

import { z } from 'zod';
import type { Installation } from './connect.js';
import { asking } from './github-error.js';
import { refuseMoved, refuseRenamed } from './refuse-moved.js';
import { splitRepository } from './repository-name.js';

/** An issue or pull request as far as something can be learned from it. */
export interface HistoryIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly labels: readonly string[];
  /** Null for an account that is gone. */
  readonly author: string | null;
  readonly authorAssociation: string | null;
  /** ISO 8601, as GitHub gives it. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One time a label was put on or taken off. */
export interface HistoryLabelEvent {
  readonly id: number;
  readonly issue: number;
  readonly label: string;
  readonly action: 'added' | 'removed';
  /** Null for an account that is gone. */
  readonly actor: string | null;
  readonly bot: boolean;
  /** ISO 8601. */
  readonly at: string;
}

export interface HistoryPage<T> {
  readonly items: readonly T[];
  /** False on the last page. */
  readonly more: boolean;
}

const PER_PAGE = 100;

const issueSchema = z.object({
  number: z.number().int().positive(),
  title: z.string(),
  body: z.string().nullish(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])),
  user: z.object({ login: z.string() }).nullish(),
  author_association: z.string().nullish(),
  created_at: z.iso.datetime({ offset: true }),
  updated_at: z.iso.datetime({ offset: true }),
  pull_request: z.unknown().optional(),
});

const eventSchema = z.object({
  id: z.number().int(),
  event: z.string(),
  actor: z.object({ login: z.string(), type: z.string().default('User') }).nullish(),
  performed_via_github_app: z.unknown().optional(),
  label: z.object({ name: z.string() }).nullish(),
  created_at: z.iso.datetime({ offset: true }),
  issue: z.object({ number: z.number().int().positive() }).nullish(),
});

function toHistoryIssue(raw: unknown): HistoryIssue & { readonly isPull: boolean } {
  const issue = issueSchema.parse(raw);
  return {
    isPull: (issue.pull_request ?? null) !== null,
    number: issue.number,
    title: issue.title,
    body: issue.body ?? null,
    labels: issue.labels.flatMap((label) =>
      typeof label === 'string' ? [label] : label.name ? [label.name] : [],
    ),
    author: issue.user?.login ?? null,
    authorAssociation: issue.author_association ?? null,
    createdAt: issue.created_at,
    updatedAt: issue.updated_at,
  };
}

/** Everything about one label event, or null for an event of another kind. */
function toLabelEvent(raw: unknown, issue?: number): HistoryLabelEvent | null {
  const event = eventSchema.parse(raw);
  const number = issue ?? event.issue?.number;
  const labelled = event.event === 'labeled' || event.event === 'unlabeled';
  if (!labelled || !event.label || number === undefined) {
    return null;
  }
  const login = event.actor?.login ?? null;
  return {
    id: event.id,
    issue: number,
    label: event.label.name,
    action: event.event === 'labeled' ? 'added' : 'removed',
    actor: login,
    // What an App does with a person's token is the App's doing, not the person's judgement.
    bot:
      event.actor?.type === 'Bot' ||
      login?.endsWith('[bot]') === true ||
      (event.performed_via_github_app ?? null) !== null,
    at: event.created_at,
  };
}

/**
 * A page of a repository's issues and pull requests, those changed longest ago first.
 *
 * @param since ISO 8601: only issues changed at or after
 * @param page 1-based
 * @throws {RefusedError} when the repository is out of reach or has another name
 */
export async function readIssuesPage(
  { octokit }: Installation,
  repository: string,
  { since, page }: { readonly since: string; readonly page: number },
): Promise<
  HistoryPage<HistoryIssue> & {
    readonly pulls: readonly HistoryIssue[];
    readonly changedUntil: string | null;
  }
> {
  const { data, url } = await asking('read the issues', () =>
    octokit.issues.listForRepo({
      ...splitRepository(repository),
      state: 'all',
      sort: 'updated',
      direction: 'asc',
      since,
      per_page: PER_PAGE,
      page,
    }),
  );
  refuseRenamed(url, repository);
  const last = data.at(-1);
  const all = data.map(toHistoryIssue);
  return {
    items: all.filter(({ isPull }) => !isPull),
    pulls: all.filter(({ isPull }) => isPull),
    more: data.length === PER_PAGE,
    changedUntil: last === undefined ? null : z.string().parse(last.updated_at),
  };
}

/**
 * A page of the label events of a whole repository, newest first. `oldestId` is that of the page's
 * oldest event of any kind.
 *
 * @param page 1-based
 * @throws {RefusedError} when the repository is out of reach, or GitHub pages no further back
 */
export async function readEventsPage(
  { octokit }: Installation,
  repository: string,
  page: number,
): Promise<HistoryPage<HistoryLabelEvent> & { readonly ids: readonly number[] }> {
  const { data } = await asking('read the label events', () =>
    octokit.issues.listEventsForRepo({
      ...splitRepository(repository),
      per_page: PER_PAGE,
      page,
    }),
  );
  return {
    items: data.map((raw) => toLabelEvent(raw)).filter((event) => event !== null),
    more: data.length === PER_PAGE,
    ids: data.map(({ id }) => id),
  };
}

/**
 * All label events of one issue or pull request, oldest first.
 *
 * @throws {RefusedError} when the issue is deleted or out of reach
 */
export async function readIssueEvents(
  { octokit }: Installation,
  repository: string,
  issue: number,
): Promise<HistoryLabelEvent[]> {
  const events = await asking('read the label events', () =>
    octokit.paginate(octokit.issues.listEvents, {
      ...splitRepository(repository),
      issue_number: issue,
      per_page: PER_PAGE,
    }),
  );
  return events.map((raw) => toLabelEvent(raw, issue)).filter((event) => event !== null);
}

/**
 * One issue or pull request as it is now.
 *
 * @throws {RefusedError} when it is deleted, out of reach or transferred
 */
export async function readHistoryIssue(
  { octokit }: Installation,
  repository: string,
  number: number,
): Promise<HistoryIssue & { readonly isPull: boolean }> {
  const { data } = await asking('read the issue', () =>
    octokit.issues.get({ ...splitRepository(repository), issue_number: number }),
  );
  refuseMoved(data, number);
  return toHistoryIssue(data);
}

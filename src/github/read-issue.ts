import { z } from 'zod';
import type { Issue, LabelEvent } from '../triage/issue.js';
import type { Installation } from './connect.js';
import { asking, RefusedError } from './github-error.js';
import { refuseMoved } from './refuse-moved.js';
import { splitRepository } from './repository-name.js';

/** What issues and pull requests have in common. */
export const threadSchema = z.object({
  number: z.number().int().positive(),
  title: z.string(),
  body: z.string().nullish(),
  html_url: z.string(),
  state: z.string(),
  locked: z.boolean().default(false),
  user: z.object({ login: z.string(), type: z.string().default('User') }).nullish(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])),
  updated_at: z.string().optional(),
});
const issueSchema = threadSchema.extend({
  author_association: z.string().optional(),
  pull_request: z.unknown().optional(),
});

/**
 * Reads an issue as it is now; the webhook's copy may be old.
 *
 * @param repository `owner/name`
 * @throws {RefusedError} when it is deleted, out of reach, transferred or a pull request
 */
export async function readIssue(
  { octokit }: Installation,
  repository: string,
  number: number,
): Promise<Issue> {
  const { data } = await asking('read the issue', () =>
    octokit.issues.get({ ...splitRepository(repository), issue_number: number }),
  );
  const issue = issueSchema.parse(data);
  if (issue.pull_request !== undefined) {
    throw new RefusedError('invalid', 'Could not read the issue: it is a pull request.');
  }
  refuseMoved(issue, number);
  const { author_association: authorAssociation } = issue;
  return {
    ...issueOf(repository, issue),
    ...(authorAssociation === undefined ? {} : { authorAssociation }),
  };
}

/** An issue, or what a pull request shares with one, from GitHub's answer. */
export function issueOf(repository: string, thread: z.output<typeof threadSchema>): Issue {
  const author = thread.user?.login ?? 'ghost';
  return {
    repository,
    number: thread.number,
    title: thread.title,
    body: thread.body ?? null,
    url: thread.html_url,
    author,
    authorIsBot: thread.user?.type === 'Bot' || author.endsWith('[bot]'),
    labels: thread.labels.flatMap((label) =>
      typeof label === 'string' ? [label] : label.name ? [label.name] : [],
    ),
    locked: thread.locked,
    closed: thread.state === 'closed',
    changedAt: thread.updated_at,
  };
}

const eventSchema = z.object({
  event: z.string(),
  actor: z.object({ login: z.string(), type: z.string().optional() }).nullish(),
  label: z.object({ name: z.string() }).nullish(),
  created_at: z.string().optional(),
});

/**
 * Who put which label on and off, oldest first.
 *
 * @throws {RefusedError} when the issue is deleted or out of reach
 */
export async function readLabelHistory(
  { octokit, botLogin }: Installation,
  repository: string,
  number: number,
): Promise<LabelEvent[]> {
  const bot = (await botLogin()).toLowerCase();
  const events = await asking('read the label history', () =>
    octokit.paginate(octokit.issues.listEvents, {
      ...splitRepository(repository),
      issue_number: number,
      per_page: 100,
    }),
  );
  return events.flatMap((raw) => {
    const { event, actor, label, created_at: at } = eventSchema.parse(raw);
    if (!label || (event !== 'labeled' && event !== 'unlabeled')) {
      return [];
    }
    const action = event === 'labeled' ? ('added' as const) : ('removed' as const);
    const login = actor?.login ?? '';
    const ours = login.toLowerCase() === bot;
    const byBot = !ours && (actor?.type === 'Bot' || login.endsWith('[bot]'));
    return [
      {
        label: label.name,
        action,
        ours,
        ...(byBot ? { bot: login } : {}),
        ...(at === undefined ? {} : { at }),
      },
    ];
  });
}

/**
 * The labels an issue carries by its history, laid over what was read earlier: an event is newer
 * than the reading that came before it.
 *
 * @param changedAt when the issue had last changed as it was read: events before are in that reading,
 * and may name labels that were deleted or renamed since, which no event tells
 */
export function labelsNow(
  read: readonly string[],
  history: readonly LabelEvent[],
  changedAt = '',
): string[] {
  const labels = new Map(read.map((name) => [name.toLowerCase(), name]));
  for (const { label, action, at } of history) {
    if (at !== undefined && Date.parse(at) < Date.parse(changedAt)) continue;
    if (action === 'added') {
      labels.set(label.toLowerCase(), label);
    } else {
      labels.delete(label.toLowerCase());
    }
  }
  return [...labels.values()];
}

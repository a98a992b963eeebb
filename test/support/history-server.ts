import nock from 'nock';
import { API } from '../github/an-installation.js';

export interface ServedIssue {
  readonly number: number;
  readonly title?: string;
  readonly author?: string;
  readonly labels?: readonly string[];
  readonly pullRequest?: boolean;
  /** ISO 8601. */
  readonly updatedAt?: string;
}

export interface ServedEvent {
  readonly id: number;
  readonly issue: number;
  readonly event?: 'labeled' | 'unlabeled' | 'closed';
  readonly label?: string;
  readonly actor?: string;
  readonly type?: 'User' | 'Bot';
  readonly viaApp?: boolean;
  /** ISO 8601. */
  readonly at?: string;
}

export interface ServedHistory {
  issues: ServedIssue[];
  events: ServedEvent[];
  /** Login → role; everyone else has none. */
  readonly roles: Record<string, string>;
  /** GitHub pages no further back than this page of events. */
  eventPages?: number;
  /** Paths asked, in order. */
  readonly asked: string[];
  /** Answers with the rate limit this often from now on. */
  limited: number;
}

const MINUTE_MS = 60_000;
const START = Date.parse('2026-01-01T00:00:00Z');

/** The time at which the n-th thing happened, ISO 8601 in whole seconds as on GitHub. */
export function timeOf(n: number): string {
  return new Date(START + n * MINUTE_MS).toISOString().replace('.000Z', 'Z');
}

/** Serves a repository's issues, events and roles as GitHub does, a hundred a page. */
export function serveHistory(name: string, history: ServedHistory): void {
  const path = (rest: string) => new RegExp(`^/repos/${name}/${rest}(\\?.*)?$`);
  const answer =
    (body: (query: URLSearchParams, uri: string) => [number, unknown]) =>
    (uri: string): [number, unknown, Record<string, string>] | [number, unknown] => {
      history.asked.push(uri);
      if (history.limited > 0) {
        history.limited -= 1;
        const reset = String(Math.floor(Date.now() / 1000) + 60);
        const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
        return [403, { message: 'API rate limit exceeded' }, headers];
      }
      return body(new URL(uri, API).searchParams, uri);
    };
  const get = (rest: string, body: (query: URLSearchParams, uri: string) => [number, unknown]) =>
    nock(API)
      .persist()
      .get(path(rest))
      .reply(answer(body) as never);

  get('issues', (query) => {
    const since = Date.parse(query.get('since') ?? '');
    const found = history.issues
      .map(issueJson)
      .filter((issue) => Date.parse(issue.updated_at) >= since)
      .sort((a, b) => Date.parse(a.updated_at) - Date.parse(b.updated_at));
    return [200, pageOf(found, query)];
  });
  get('issues/\\d+', (_, uri) => {
    const found = history.issues.find(({ number }) => uri.endsWith(`/${number}`));
    return found ? [200, issueJson(found)] : [404, { message: 'Not Found' }];
  });
  get('issues/events', (query) => {
    if (Number(query.get('page')) > (history.eventPages ?? Number.POSITIVE_INFINITY)) {
      return [422, { message: 'pagination is limited for this resource' }];
    }
    return [200, pageOf([...history.events].sort((a, b) => b.id - a.id).map(eventJson), query)];
  });
  get('issues/\\d+/events', (query, uri) => {
    const number = Number(/issues\/(\d+)/.exec(uri)?.[1]);
    const found = history.events.filter(({ issue }) => issue === number).map(eventJson);
    return [200, pageOf(found, query)];
  });
  get('collaborators/[^/]+/permission', (_, uri) => {
    const role = history.roles[/collaborators\/([^/]+)/.exec(uri)?.[1] ?? ''];
    return role === undefined
      ? [404, { message: 'Not Found' }]
      : [200, { permission: role === 'triage' ? 'read' : role, role_name: role }];
  });
}

function pageOf<T>(all: readonly T[], query: URLSearchParams): T[] {
  const size = Number(query.get('per_page') ?? 30);
  const page = Number(query.get('page') ?? 1);
  return all.slice((page - 1) * size, page * size);
}

function issueJson({ number, title, author, labels, pullRequest, updatedAt }: ServedIssue) {
  return {
    number,
    title: title ?? `Issue ${number}`,
    body: null,
    labels: (labels ?? []).map((name) => ({ name })),
    user: { login: author ?? 'reporter' },
    author_association: 'NONE',
    created_at: timeOf(number),
    updated_at: updatedAt ?? timeOf(number),
    ...(pullRequest ? { pull_request: {} } : {}),
  };
}

function eventJson({ id, issue, event, label, actor, type, viaApp, at }: ServedEvent) {
  return {
    id,
    event: event ?? 'labeled',
    actor: actor === undefined ? null : { login: actor, type: type ?? 'User' },
    label: label === undefined ? undefined : { name: label },
    performed_via_github_app: viaApp ? { slug: 'other' } : null,
    created_at: at ?? timeOf(id),
    issue: { number: issue },
  };
}

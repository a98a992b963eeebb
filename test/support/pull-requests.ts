import type { ServerResponse } from 'node:http';
import type { Octokit } from '@octokit/rest';
import type { Intercept } from '../../demo/proxy-api.js';
import { type GitHub, repositoryOf } from './github-emulator.js';

/** A changed file as GitHub's API lists it, with what tests care for. */
export interface ListedFile {
  readonly filename: string;
  readonly status?: string;
  readonly additions?: number;
  readonly deletions?: number;
  readonly patch?: string;
  readonly previous_filename?: string;
}

/** What the emulator does not know of pull requests: their files and who labelled them. */
export interface PullFacts {
  /**
   * Answers `GET …/pulls/{n}/files` in pages, with GitHub's `Link` header, and the events of pull
   * requests, which are taken from the webhooks about labels.
   */
  readonly intercept: Intercept;
  /** Paths of the answered requests. */
  readonly asked: readonly string[];
  setFiles(repository: string, number: number, files: readonly ListedFile[]): void;
  /** Where webhooks are seen; before the first pull request. */
  follow(github: Pick<GitHub, 'webhooks'>): void;
}

interface LabelWebhook {
  readonly issue: { readonly number: number; readonly updated_at: string };
  readonly label: { readonly name: string };
  readonly sender: { readonly login: string };
}

export function pullFacts(): PullFacts {
  const lists = new Map<string, readonly ListedFile[]>();
  const asked: string[] = [];
  let github: Pick<GitHub, 'webhooks'> | null = null;

  const eventsOf = (repository: string, number: number): object[] =>
    (github?.webhooks.deliveries ?? [])
      .map((sent, index) => ({ ...sent, eventId: index + 1 }))
      .filter(({ event, action }) => event === 'issues' && /^(un)?labeled$/.test(action ?? ''))
      .filter((sent) => sent.repository === repository && sent.issue === number)
      .map(({ action, body, eventId }) => {
        const { issue, label, sender } = JSON.parse(body) as LabelWebhook;
        const created_at = issue.updated_at;
        return { id: eventId, event: action, actor: sender, label, created_at };
      });

  return {
    asked,
    setFiles(repository, number, files) {
      lists.set(`${repository}#${number}`, files);
    },
    follow(next) {
      github = next;
    },
    async intercept(request, response) {
      const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
      const match = /^\/repos\/([^/]+\/[^/]+)\/(pulls|issues)\/(\d+)\/(files|events)$/.exec(
        url.pathname,
      );
      const [, repository = '', kind, number = '', part] = match ?? [];
      const files = lists.get(`${repository}#${number}`);
      if (files === undefined || (kind === 'pulls') !== (part === 'files')) return false;
      asked.push(request.url ?? '');
      const all = part === 'files' ? files.map(asListed) : eventsOf(repository, Number(number));
      answerPage(all, url, response);
      return true;
    },
  };
}

function answerPage(all: readonly object[], url: URL, response: ServerResponse): void {
  const size = Number(url.searchParams.get('per_page') ?? 30);
  const page = Number(url.searchParams.get('page') ?? 1);
  url.searchParams.set('page', String(page + 1));
  const more = page * size < all.length;
  response.writeHead(200, {
    'content-type': 'application/json',
    ...(more ? { link: `<${url}>; rel="next"` } : {}),
  });
  response.end(JSON.stringify(all.slice((page - 1) * size, page * size)));
}

function asListed(file: ListedFile): object {
  const { additions = 1, deletions = 0 } = file;
  return { status: 'modified', sha: 'f'.repeat(40), ...file, additions, deletions };
}

/** A pull request as these functions return it. */
export type Pull = Awaited<ReturnType<Octokit['rest']['pulls']['create']>>['data'];

let branches = 0;

/** Opens a pull request from a branch of its own against `main`. */
export async function openPull(
  client: Octokit,
  repository: string,
  pull: {
    readonly title: string;
    readonly body?: string;
    readonly draft?: boolean;
    readonly head?: string;
  },
): Promise<Pull> {
  branches += 1;
  const { data } = await client.rest.pulls.create({
    ...repositoryOf(repository),
    base: 'main',
    head: `branch-${branches}`,
    ...pull,
  });
  return data;
}

export async function editPull(
  client: Octokit,
  repository: string,
  number: number,
  change: { readonly title?: string; readonly state?: 'open' | 'closed'; readonly draft?: boolean },
): Promise<Pull> {
  const { data } = await client.rest.pulls.update({
    ...repositoryOf(repository),
    pull_number: number,
    ...change,
  });
  return data as Pull;
}

/** Moves a pull request's head to a new commit; the emulator sends no webhook for it. */
export async function push(client: Octokit, repository: string, number: number): Promise<void> {
  const place = { ...repositoryOf(repository), pull_number: number };
  const { data: pull } = await client.rest.pulls.get(place);
  await client.rest.pulls.updateBranch({ ...place, expected_head_sha: pull.head.sha });
}

/** Names of the labels that a pull request has now. */
export async function pullLabels(
  client: Octokit,
  repository: string,
  number: number,
): Promise<string[]> {
  const { data } = await client.rest.pulls.get({
    ...repositoryOf(repository),
    pull_number: number,
  });
  return data.labels.map(({ name }) => name);
}

/** The checks of a pull request's head. */
export async function checksOf(client: Octokit, repository: string, number: number) {
  const { data: pull } = await client.rest.pulls.get({
    ...repositoryOf(repository),
    pull_number: number,
  });
  const { data } = await client.rest.checks.listForRef({
    ...repositoryOf(repository),
    ref: pull.head.sha,
  });
  return data.check_runs;
}

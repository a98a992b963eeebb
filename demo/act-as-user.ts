import type { Octokit } from '@octokit/rest';

/** An issue as these functions return it. */
export type Issue = Awaited<ReturnType<Octokit['rest']['issues']['get']>>['data'];
/** A comment as these functions return it. */
export type Comment = Awaited<
  ReturnType<Octokit['rest']['issues']['listComments']>
>['data'][number];

/** The parts of a timeline event that the emulator fills. */
export interface TimelineEvent {
  readonly event: string;
  readonly actor: { readonly login: string; readonly type: string } | null;
  readonly label: { readonly name: string } | null;
  readonly created_at: string;
}

/** Splits `owner/name` into the two parameters that Octokit takes. */
export function repositoryOf(repository: string): {
  readonly owner: string;
  readonly repo: string;
} {
  const slash = repository.indexOf('/');
  return { owner: repository.slice(0, slash), repo: repository.slice(slash + 1) };
}

/** Opens an issue. Labels given here leave no trace in the timeline, unlike on GitHub. */
export async function openIssue(
  client: Octokit,
  repository: string,
  issue: { readonly title: string; readonly body?: string; readonly labels?: readonly string[] },
): Promise<Issue> {
  const { data } = await client.rest.issues.create({
    ...repositoryOf(repository),
    ...issue,
    labels: [...(issue.labels ?? [])],
  });
  return data;
}

export async function editIssue(
  client: Octokit,
  repository: string,
  number: number,
  change: { readonly title?: string; readonly body?: string; readonly state?: 'open' | 'closed' },
): Promise<Issue> {
  const { data } = await client.rest.issues.update({
    ...repositoryOf(repository),
    issue_number: number,
    ...change,
  });
  return data;
}

export async function getIssue(
  client: Octokit,
  repository: string,
  number: number,
): Promise<Issue> {
  const { data } = await client.rest.issues.get({
    ...repositoryOf(repository),
    issue_number: number,
  });
  return data;
}

/** Names of the labels that an issue has now. */
export async function labelsOf(
  client: Octokit,
  repository: string,
  number: number,
): Promise<string[]> {
  const { labels } = await getIssue(client, repository, number);
  return labels.map((label) => (typeof label === 'string' ? label : (label.name ?? '')));
}

export async function addLabels(
  client: Octokit,
  repository: string,
  number: number,
  labels: readonly string[],
): Promise<void> {
  await client.rest.issues.addLabels({
    ...repositoryOf(repository),
    issue_number: number,
    labels: [...labels],
  });
}

/** Replaces all labels of an issue; each that comes or goes is an event of its own. */
export async function setLabels(
  client: Octokit,
  repository: string,
  number: number,
  labels: readonly string[],
): Promise<void> {
  await client.rest.issues.setLabels({
    ...repositoryOf(repository),
    issue_number: number,
    labels: [...labels],
  });
}

export async function removeLabel(
  client: Octokit,
  repository: string,
  number: number,
  name: string,
): Promise<void> {
  await client.rest.issues.removeLabel({
    ...repositoryOf(repository),
    issue_number: number,
    name,
  });
}

export async function listTimeline(
  client: Octokit,
  repository: string,
  number: number,
): Promise<TimelineEvent[]> {
  const { owner, repo } = repositoryOf(repository);
  const { data } = await client.request(
    'GET /repos/{owner}/{repo}/issues/{issue_number}/timeline',
    { owner, repo, issue_number: number, per_page: 100 },
  );
  return data as unknown as TimelineEvent[];
}

export async function listComments(
  client: Octokit,
  repository: string,
  number: number,
): Promise<Comment[]> {
  const { data } = await client.rest.issues.listComments({
    ...repositoryOf(repository),
    issue_number: number,
    per_page: 100,
  });
  return data;
}

/** Commits a file to the default branch, new or changed. */
export async function putFile(
  client: Octokit,
  repository: string,
  path: string,
  text: string,
): Promise<void> {
  const where = { ...repositoryOf(repository), path };
  const sha = await shaOf(client, where);
  await client.rest.repos.createOrUpdateFileContents({
    ...where,
    message: `${sha === undefined ? 'Add' : 'Change'} ${path}`,
    content: Buffer.from(text, 'utf8').toString('base64'),
    ...(sha === undefined ? {} : { sha }),
  });
}

async function shaOf(
  client: Octokit,
  where: { readonly owner: string; readonly repo: string; readonly path: string },
): Promise<string | undefined> {
  try {
    const { data } = await client.rest.repos.getContent(where);
    return Array.isArray(data) ? undefined : data.sha;
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) return undefined;
    throw error;
  }
}

import { repositoryOf } from './act-as-user.js';
import { MAINTAINER } from './seed-emulator.js';
import type { GitHub } from './start-emulator.js';
import type { TriagedIssue } from './triage-issues.js';

/**
 * Compares what the app says it did with what GitHub has: every issue was opened without labels, so
 * it must have exactly those of its decision. A difference becomes the issue's problem.
 */
export async function checkLabels(
  github: GitHub,
  issues: readonly TriagedIssue[],
): Promise<TriagedIssue[]> {
  const found = new Map<string, readonly string[]>();
  for (const repository of new Set(issues.map((issue) => issue.repository))) {
    for (const [number, labels] of await labelsIn(github, repository)) {
      found.set(`${repository}#${number}`, labels);
    }
  }
  return issues.map((issue) => {
    if (issue.problem !== null) return issue;
    const present = found.get(`${issue.repository}#${issue.issue}`) ?? [];
    const same = present.toSorted().join('\n') === issue.labels.toSorted().join('\n');
    if (same) return issue;
    return {
      ...issue,
      problem: `the decision says ${list(issue.labels)}, GitHub has ${list(present)}`,
    };
  });
}

async function labelsIn(github: GitHub, repository: string): Promise<[number, string[]][]> {
  const client = await github.as(MAINTAINER);
  const issues = await client.paginate(client.rest.issues.listForRepo, {
    ...repositoryOf(repository),
    state: 'all',
    per_page: 100,
  });
  return issues.map(({ number, labels }) => [
    number,
    labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
  ]);
}

function list(labels: readonly string[]): string {
  return labels.length === 0 ? 'no label' : labels.map((label) => `"${label}"`).join(', ');
}

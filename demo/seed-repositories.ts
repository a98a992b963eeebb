import { DEMO_REPOSITORIES, GITHUB_DEFAULT_LABELS } from './demo-repositories.js';
import { BadInput, type DemoIssue } from './read-issues.js';
import type { Repository, Seed } from './seed-emulator.js';

/** Repository of issues that don't say where they belong. */
const DEFAULT_REPOSITORY = 'sentinel-demo/inbox';
/** Who opens the issues that don't say by whom they are. */
const DEFAULT_AUTHORS = ['ada-w', 'benoit-k', 'chidi-o', 'dalia-r'];

/**
 * The emulator, as GitHub, answers 5,000 requests an hour for each installation; an issue takes
 * about four.
 */
const MOST_ISSUES_OF_AN_OWNER = 1200;

/** An issue that has everything it needs to be opened. */
export interface PlacedIssue extends DemoIssue {
  readonly repo: string;
  readonly author: string;
}

/**
 * Gives each issue a repository and an author, and lists what GitHub must hold for them. A
 * repository that the demo doesn't know gets the labels of a new one on GitHub.
 *
 * @throws {BadInput} when an owner has more issues than GitHub's rate limit allows at once
 */
export function seedRepositories(issues: readonly DemoIssue[]): {
  readonly seed: Pick<Required<Seed>, 'repositories' | 'users' | 'bots'>;
  readonly issues: readonly PlacedIssue[];
} {
  const placed = issues.map((issue, index) => ({
    ...issue,
    repo: issue.repo ?? DEFAULT_REPOSITORY,
    author: issue.author ?? DEFAULT_AUTHORS[index % DEFAULT_AUTHORS.length] ?? 'ada-w',
  }));
  refuseTooMany(placed);
  const repositories = [...new Set(placed.map(({ repo }) => repo))].map(repositoryNamed);
  const authors = [...new Set(placed.map(({ author }) => author))];
  const bots = authors.filter((login) => login.endsWith('[bot]'));
  return {
    issues: placed,
    seed: {
      repositories,
      bots,
      users: [
        ...authors.filter((login) => !bots.includes(login)),
        ...PEOPLE_WITH_REPOSITORIES.filter((login) => isOwner(login, repositories)),
      ],
    },
  };
}

/** Owners that are people; all others are organizations. */
const PEOPLE_WITH_REPOSITORIES = ['mira'];

function isOwner(login: string, repositories: readonly Repository[]): boolean {
  return repositories.some(({ owner }) => owner === login);
}

function refuseTooMany(issues: readonly PlacedIssue[]): void {
  const counts = new Map<string, number>();
  for (const { repo } of issues) {
    const owner = repo.slice(0, repo.indexOf('/'));
    const count = (counts.get(owner) ?? 0) + 1;
    if (count > MOST_ISSUES_OF_AN_OWNER) {
      throw new BadInput(
        `More than ${MOST_ISSUES_OF_AN_OWNER} issues of ${owner}: GitHub's limit of 5,000 requests an hour would stop the run. Use --limit.`,
      );
    }
    counts.set(owner, count);
  }
}

function repositoryNamed(fullName: string): Repository {
  const known = DEMO_REPOSITORIES.find(({ owner, name }) => `${owner}/${name}` === fullName);
  if (known !== undefined) return known;
  const slash = fullName.indexOf('/');
  return {
    owner: fullName.slice(0, slash),
    name: fullName.slice(slash + 1),
    labels: GITHUB_DEFAULT_LABELS,
  };
}

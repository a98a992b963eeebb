import type { Issue } from './issue.js';

/** A pull request as read from GitHub: an issue with a change. */
export interface PullRequest extends Issue {
  readonly draft: boolean;
  /** Commit the change ends in. */
  readonly headSha: string;
  readonly headBranch: string;
  readonly baseBranch: string;
  /** Files that GitHub counts; more than are read when it is over 3,000. */
  readonly changedFiles: number;
}

import type { Issue } from '../../src/triage/issue.js';

/** An issue about which nothing is special, but for the given changes. */
export function anIssue(change: Partial<Issue> = {}): Issue {
  return {
    repository: 'octo/widgets',
    number: 1,
    title: 'It crashes',
    body: 'When I press the button.',
    url: 'https://github.com/octo/widgets/issues/1',
    author: 'octocat',
    authorIsBot: false,
    labels: [],
    locked: false,
    closed: false,
    ...change,
  };
}

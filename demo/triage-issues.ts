import type { IssueType, Scores } from '../src/triage/plan.js';
import { type Issue, openIssue } from './act-as-user.js';
import type { PlacedIssue } from './seed-repositories.js';
import type { GitHub } from './start-emulator.js';
import { type Watched, type Watcher, watchDecisions } from './watch-decisions.js';

/** What became of one issue. */
export interface TriagedIssue {
  readonly repository: string;
  readonly issue: number;
  readonly title: string;
  readonly author: string;
  readonly url: string;
  /** What the issues file says; absent when it says nothing. */
  readonly expected?: IssueType | null;
  /** As recorded by the app; null when it never decided. */
  readonly outcome: string | null;
  /** The class that it was labelled as; null when it was left alone. */
  readonly decided: IssueType | null;
  /** The labels that the app says it added. */
  readonly labels: readonly string[];
  readonly scores: Scores | null;
  readonly reasons: readonly string[];
  /** Milliseconds from the sending of the webhook to the record of the decision. */
  readonly toDecisionMs: number | null;
  /** Milliseconds of these that the app worked on it. */
  readonly workMs: number | null;
  /** Why it doesn't count as handled; null when it does. */
  readonly problem: string | null;
}

export interface TriageOptions {
  readonly github: GitHub;
  readonly appUrl: string;
  readonly issues: readonly PlacedIssue[];
  /** Called as each issue is decided or given up. */
  readonly onTriaged: (issue: TriagedIssue) => void;
  /** Resolves when the app has ended: nothing more will be decided. */
  readonly appEnded: Promise<unknown>;
}

/** As many as the app handles side by side: more would only wait. */
const IN_FLIGHT = 4;
const PATIENCE_MS = 60_000;

/** Opens the issues, a few at a time, and waits for the app's decision on each. */
export async function triageIssues(options: TriageOptions): Promise<TriagedIssue[]> {
  let failure: unknown;
  const watcher = watchDecisions(options.appUrl, options.github.webhooks.deliveries, (error) => {
    failure ??= error;
  });
  options.appEnded.then(() => {
    failure ??= new Error('The app ended');
    void watcher.stop();
  });
  const waiting = [...options.issues].entries();
  const results: TriagedIssue[] = [];
  async function work(): Promise<void> {
    for (const [position, issue] of waiting) {
      const triaged = await triageOne(options.github, watcher, issue);
      if (failure !== undefined) return;
      results[position] = triaged;
      options.onTriaged(triaged);
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  await watcher.stop();
  if (failure !== undefined) throw failure;
  return results;
}

async function triageOne(
  github: GitHub,
  watcher: Watcher,
  issue: PlacedIssue,
): Promise<TriagedIssue> {
  const client = await github.as(issue.author);
  const opened = await openIssue(client, issue.repo, { title: issue.title, body: issue.body });
  return describe(issue, opened, await watcher.decisionOn(issue.repo, opened.number, PATIENCE_MS));
}

function describe(issue: PlacedIssue, opened: Issue, watched: Watched | null): TriagedIssue {
  const plan = watched?.decision.plan ?? null;
  const outcome = watched?.decision.outcome ?? null;
  const applied = outcome === 'applied';
  return {
    repository: issue.repo,
    issue: opened.number,
    title: opened.title,
    author: issue.author,
    url: opened.html_url,
    ...(issue.expected === undefined ? {} : { expected: issue.expected }),
    outcome,
    decided: applied ? (plan?.decided ?? null) : null,
    labels: applied ? (plan?.addLabels ?? []) : [],
    scores: plan?.scores ?? null,
    reasons: plan?.reasons.map(({ text }) => text) ?? [],
    toDecisionMs: watched === null ? null : watched.decision.decidedAt - watched.delivery.sentAt,
    workMs: watched?.decision.durationMs ?? null,
    problem: problemOf(watched),
  };
}

function problemOf(watched: Watched | null): string | null {
  if (watched === null) return `no decision within ${PATIENCE_MS / 1000} s`;
  const { outcome, plan } = watched.decision;
  if (outcome !== 'refused') return null;
  return `GitHub refused: ${plan?.reasons.at(-1)?.text ?? 'no reason recorded'}`;
}

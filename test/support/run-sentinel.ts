import { setTimeout as wait } from 'node:timers/promises';
import type { Octokit } from '@octokit/rest';
import {
  findFreePort,
  type GitHub,
  MAINTAINER,
  putFile,
  type Repository,
  type RunningApp,
  type StartGitHubOptions,
  startApp,
  startGitHub,
  webhookUrlAt,
} from './github-emulator.js';

/** Texts that leave no doubt about their class. */
export const CLEAR = {
  bug: {
    title: 'Crash: TypeError when saving a file',
    body: '### Steps to reproduce\n\n1. Open a file\n2. Save it\n\n### Expected behavior\n\nThe file is saved.\n\n### Actual behavior\n\nIt crashes with an error:\n\n```\nTypeError: cannot read properties of undefined\n    at save (editor.js:10)\n```\n\nThis is a bug, a regression since version 2.1.0.',
  },
  feature: {
    title: 'Feature request: add a dark theme',
    body: '**Is your feature request related to a problem?**\nThe page is too bright at night.\n\n**Describe the solution you would like**\nPlease add support for a dark theme with an option to switch. It would be nice to have.',
  },
  question: {
    title: 'How do I configure a proxy?',
    body: 'I have a question: how can I use the client behind a proxy? What is the right way to do this? I could not find it in the documentation. Can anyone explain?',
  },
} as const;

/** Acts on whatever is likeliest, so that tests do not hang on a model's published thresholds. */
export const EAGER_CONFIG = 'thresholds:\n  bug: 0.4\n  feature: 0.4\n  question: 0.4\n';

export interface DecisionSeen {
  readonly repository: string;
  readonly issue: number;
  readonly event: string;
  readonly outcome: string;
  readonly plan: {
    readonly scores: Readonly<Record<'bug' | 'feature' | 'question', number>> | null;
    readonly addLabels: string[];
    readonly removeLabels: string[];
    readonly reasons: { readonly code: string; readonly text: string }[];
  };
  /** What was done at GitHub; null when nothing was tried. */
  readonly applied: { readonly comment: string | null } | null;
}

export interface Sentinel {
  readonly github: GitHub;
  readonly app: RunningApp;
  readonly maintainer: Octokit;
  readonly reporter: Octokit;
  /** Decisions on one issue, oldest first. */
  decisions(repository: string, issue: number): Promise<DecisionSeen[]>;
  /** Waits until an issue has this many decisions and returns the last. */
  decided(repository: string, issue: number, count?: number): Promise<DecisionSeen>;
  /** Waits until nothing is queued, delayed or running. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface SentinelOptions
  extends Pick<StartGitHubOptions, 'events' | 'permissions' | 'intercept'> {
  readonly repositories: readonly Repository[];
  /** `.github/sentinel.yml` by `owner/name`. */
  readonly configs?: Readonly<Record<string, string>>;
  /** More people, beside the reporter and the maintainer. */
  readonly users?: readonly string[];
  /** What happens on GitHub before the App runs; it hears nothing of it. */
  readonly before?: (github: GitHub) => Promise<void>;
  /** More environment for the App. */
  readonly environment?: Readonly<Record<string, string>>;
}

const SECRET = 'a-secret-for-tests-only-0123456789';

/** The real app against the emulator, with users `reporter` and the maintainer. */
export async function runSentinel(options: SentinelOptions): Promise<Sentinel> {
  const port = await findFreePort();
  const github = await startGitHub({
    appWebhookUrl: webhookUrlAt(port),
    secret: SECRET,
    repositories: [...options.repositories],
    users: ['reporter', ...(options.users ?? [])],
    bots: ['helper-app[bot]'],
    ...given(options),
  });
  const maintainer = await github.as(MAINTAINER);
  const reporter = await github.as('reporter');
  for (const [repository, text] of Object.entries(options.configs ?? {})) {
    await putFile(maintainer, repository, '.github/sentinel.yml', text);
  }
  await options.before?.(github);
  const app = await startApp({
    github,
    port,
    ...(options.environment === undefined ? {} : { environment: options.environment }),
  });
  const decisions = async (repository: string, issue: number) => {
    const response = await fetch(`${app.url}/decisions.json?limit=1000`);
    const { decisions: all } = (await response.json()) as { decisions: DecisionSeen[] };
    return all
      .filter((decision) => decision.repository === repository && decision.issue === issue)
      .reverse();
  };
  return {
    github,
    app,
    maintainer,
    reporter,
    decisions,
    async decided(repository, issue, count = 1) {
      return until(async () => {
        const seen = await decisions(repository, issue);
        return seen.length >= count ? seen.at(-1) : undefined;
      }, `decision ${count} on ${repository}#${issue}`);
    },
    async idle() {
      await until(async () => {
        const text = await (await fetch(`${app.url}/metrics`)).text();
        const left = [
          ...text.matchAll(/^sentinel_queue_deliveries\{state="(?!dead)\w+"\} (\d+)/gm),
        ];
        return left.every(([, count]) => count === '0') || undefined;
      }, 'an idle queue');
    },
    async close() {
      await app.stop();
      await github.close();
    },
  };
}

/** What is passed on as it is; what is left out stays out. */
function given({ events, permissions, intercept }: SentinelOptions) {
  return {
    ...(events && { events }),
    ...(permissions && { permissions }),
    ...(intercept && { intercept }),
  };
}

/** Asks again until there is an answer; fails with what was awaited. */
export async function until<T>(
  ask: () => Promise<T | undefined>,
  awaited: string,
  withinMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await wait(50);
  }
  throw new Error(`Waited ${withinMs / 1000} s in vain for ${awaited}`);
}

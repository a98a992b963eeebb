/**
 * Whether receipt holds up: signed deliveries at a steady rate against the real App, which
 * classifies them meanwhile. Counts what was refused or lost and how long acknowledging took.
 */
import { execFile } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Command, InvalidArgumentError } from 'commander';
import { openStore } from '../../src/store/open-store.js';
import {
  findFreePort,
  type RunningApp,
  startApp,
  startGitHub,
  webhookUrlAt,
} from '../../test/support/github-emulator.js';
import type { Answer } from './send-deliveries.js';
import { writeIssue } from './write-issue.js';

// The emulator answers 5,000 calls an hour to each installation; four together are enough.
const OWNERS = ['bench-a', 'bench-b', 'bench-c', 'bench-d'];
const SENDER = fileURLToPath(new URL('./send-deliveries.ts', import.meta.url));
const SECRET = 'a-secret-for-this-benchmark-only';

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('must be 1 or more');
  return value;
}

const options = new Command('bench:receipt')
  .description('Deliveries a second that are acknowledged, none refused, none lost')
  .option('--rate <n>', 'deliveries a second', count, 200)
  .option('--seconds <n>', 'how long', count, 30)
  .option('--issues <n>', 'issues that exist in each of four repositories', count, 50)
  .option('--json', 'print one JSON object instead of lines')
  .parse()
  .opts<{ rate: number; seconds: number; issues: number; json?: boolean }>();

async function main(): Promise<void> {
  const port = await findFreePort();
  const github = await startGitHub({
    appWebhookUrl: webhookUrlAt(port),
    secret: SECRET,
    repositories: OWNERS.map((owner) => ({ owner, name: 'receipt', labels: [{ name: 'bug' }] })),
    users: ['reporter'],
    events: [],
  });
  const app = await startApp({ github, port });
  try {
    const octokit = await github.as('reporter');
    for (let i = 0; i < options.issues; i++) {
      for (const owner of OWNERS) {
        await octokit.issues.create({ owner, repo: 'receipt', ...writeIssue(i) });
      }
    }
    const answers = await sendAll(app, Number(github.appId) * 1000);
    await report(app, answers);
  } finally {
    await app.stop();
    await github.close();
  }
}

async function sendAll(app: RunningApp, firstInstallation: number): Promise<Answer[]> {
  const { rate, seconds, issues } = options;
  const settings = JSON.stringify({
    url: app.webhookUrl,
    secret: SECRET,
    rate,
    seconds,
    issues,
    owners: OWNERS,
    firstInstallation,
  });
  const sending = promisify(execFile)(process.execPath, [...process.execArgv, SENDER, settings], {
    maxBuffer: 64 * 1024 * 1024,
  });
  // GitHub runs elsewhere: its stand-in here must not take the cores from what is measured.
  setPriority(10);
  const { stdout } = await sending;
  return JSON.parse(stdout) as Answer[];
}

async function report(app: RunningApp, answers: readonly Answer[]): Promise<void> {
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  const classified = Number(/^sentinel_inference_seconds_count (\d+)/m.exec(metrics)?.[1] ?? 0);
  const store = await openStore(`sqlite:${app.dataDirectory}/sentinel.sqlite`);
  const known = new Set<string>();
  for (let i = 0; i < answers.length; i += 500) {
    const ids = answers.slice(i, i + 500).map(({ id }) => id);
    for (const id of await store.deliveries.known(ids)) known.add(id);
  }
  await store.close();
  const times = answers.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? Number.NaN;
  const result = {
    sent: answers.length,
    refused: answers.filter(({ status }) => status !== 202).length,
    lost: answers.filter(({ id, status }) => status === 202 && !known.has(id)).length,
    classifiedMeanwhile: classified,
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
  };
  if (options.json) {
    console.log(JSON.stringify(result, null, 2));
    return;
  }
  console.log(
    [
      `${result.sent} deliveries at ${options.rate} a second for ${options.seconds} s`,
      `refused ${result.refused}, lost ${result.lost} (wanted: none)`,
      `acknowledged in p50 ${result.p50.toFixed(1)} ms, p99 ${result.p99.toFixed(1)} ms (wanted: under 100), longest ${result.max.toFixed(1)} ms`,
      `${result.classifiedMeanwhile} issues were classified meanwhile`,
    ].join('\n'),
  );
}

await main();

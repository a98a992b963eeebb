import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { colours, wantsColour } from '../src/cli/colours.js';
import { checkLabels } from './check-labels.js';
import { findFreePort } from './find-free-port.js';
import { decisionLine, headingLine, type Style } from './print-decision.js';
import { type Output, startProgress } from './print-progress.js';
import { summaryText } from './print-summary.js';
import { BadInput, readIssues } from './read-issues.js';
import { readOptions } from './read-options.js';
import { type PlacedIssue, seedRepositories } from './seed-repositories.js';
import { showIssuePage } from './show-issue-page.js';
import { type RunningApp, startApp, webhookUrlAt } from './start-app.js';
import { type GitHub, startGitHub } from './start-emulator.js';
import { summarize } from './summarize.js';
import { type TriagedIssue, triageIssues } from './triage-issues.js';

const OWN_ISSUES = fileURLToPath(new URL('./issues.jsonl', import.meta.url));
const WIDTH_WITHOUT_TERMINAL = 120;

/** What has been started, to be stopped in reverse. */
const running: { stop(): Promise<unknown> }[] = [];

async function stopAll(): Promise<void> {
  for (let last = running.pop(); last !== undefined; last = running.pop()) await last.stop();
}

/** Args → issues → GitHub → app → decisions → summary. Resolves with the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === null) return 0;
  const { limit } = options;
  const read = await readIssues(options.issues ?? OWN_ISSUES, limit === undefined ? {} : { limit });
  const { seed, issues } = seedRepositories(read);
  // With --json, standard output belongs to the one object.
  const output: Output = options.json ? { write() {} } : process.stdout;
  const style: Style = {
    paint: colours(wantsColour(process.env, process.stdout.isTTY === true)),
    // One column less: some terminals wrap a line that fills the last one.
    width: (process.stdout.columns ?? WIDTH_WITHOUT_TERMINAL + 1) - 1,
  };
  output.write('Starting a GitHub on this machine, and Sentinel …\n');
  const { github, app } = await startBoth(seed, options.port);
  const triaged = await triageAll({ github, app, issues, output, style });
  const checked = await checkLabels(github, triaged);
  const summary = summarize(checked);
  output.write(`${summaryText(summary, checked, style)}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify({ summary, issues: checked })}\n`);
  if (!options.exit) {
    output.write(whatNext(app, style));
    staying = true;
    await Promise.race([interrupted, app.exited.then(() => failBecauseEnded(app))]);
  }
  await stopAll();
  return summary.handled === summary.issues ? 0 : 1;
}

async function startBoth(
  seed: ReturnType<typeof seedRepositories>['seed'],
  wantedPort: number | undefined,
): Promise<{ readonly github: GitHub; readonly app: RunningApp }> {
  const port = wantedPort ?? (await findFreePort());
  const github = await startGitHub({
    ...seed,
    appWebhookUrl: webhookUrlAt(port),
    secret: randomBytes(32).toString('hex'),
    intercept: showIssuePage,
  });
  running.push({ stop: () => github.close() });
  const app = await startApp({ github, port });
  running.push(app);
  return { github, app };
}

async function triageAll(parts: {
  readonly github: GitHub;
  readonly app: RunningApp;
  readonly issues: readonly PlacedIssue[];
  readonly output: Output;
  readonly style: Style;
}): Promise<TriagedIssue[]> {
  const { github, app, issues, output, style } = parts;
  const progress = startProgress(output);
  let done = 0;
  progress.line(headingLine(style));
  progress.update(`0 of ${issues.length} decided`);
  try {
    return await triageIssues({
      github,
      appUrl: app.url,
      issues,
      appEnded: app.exited,
      onTriaged(issue) {
        done += 1;
        progress.line(decisionLine(issue, style));
        progress.update(`${done} of ${issues.length} decided`);
      },
    });
  } catch (error) {
    throw new Error(`${String(error)}\n${app.output()}`);
  } finally {
    progress.end();
  }
}

function whatNext(app: RunningApp, { paint }: Style): string {
  return [
    `Each decision with its reasons: ${paint.underline(`${app.url}/decisions`)}`,
    `For your own repositories: ${paint.bold('npm start')} opens a page that creates the GitHub App.`,
    paint.dim('Ctrl-C stops everything that was started here.'),
    '',
  ].join('\n');
}

const interrupted = new Promise<void>((resolve) => {
  process.once('SIGINT', () => resolve());
  process.once('SIGTERM', () => resolve());
});

function failBecauseEnded(app: RunningApp): never {
  throw new Error(`The app has ended by itself:\n${app.output()}`);
}

/** Whether all is shown, and a signal is the expected end. */
let staying = false;
/** Whether a signal came before that: what fails from then on fails because of it. */
let stopping = false;

/** Ends a run that was not finished; 130 is what shells give for Ctrl-C. */
async function stopWhenInterrupted(): Promise<void> {
  await interrupted;
  if (staying) return;
  stopping = true;
  await stopAll();
  process.exit(130);
}

async function run(): Promise<number> {
  try {
    return await main(process.argv.slice(2));
  } catch (error) {
    await stopAll();
    if (stopping) return 130;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof BadInput ? 2 : 1;
  }
}

void stopWhenInterrupted();
process.exitCode = await run();

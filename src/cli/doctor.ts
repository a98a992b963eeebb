import { Command } from 'commander';
import { type Environment, EnvironmentError, readEnvironment } from '../config/environment.js';
import { CHANGE_ENCODER, ISSUE_ENCODER } from '../models/model-kind.js';
import { checkApp, checkReachable } from './check-github.js';
import { checkDatabase, checkModel, checkNode } from './check-machine.js';
import { colours } from './colours.js';
import { type CommandFactory, EXIT } from './command.js';
import { type Check, fail, ok, warn } from './doctor-check.js';
import { printable, writeJson, writeLine } from './write-line.js';

/** `sentinel doctor` */
export const doctorCommand: CommandFactory = (io, done) =>
  new Command()
    .option('--json', 'print JSON: {"ok", "checks"}')
    .action(async (options: { json?: boolean }) => {
      const checks: Check[] = [];
      for await (const check of examine(io.env)) {
        checks.push(check);
        if (!options.json) await writeLine(io.stdout, checkText(check, io.colour));
      }
      const good = checks.every((check) => check.status !== 'fail');
      if (options.json) await writeJson(io.stdout, { ok: good, checks });
      done(good ? EXIT.ok : EXIT.bad);
    });

/** All checks, each told as soon as it is known. */
async function* examine(env: Readonly<Record<string, string | undefined>>): AsyncGenerator<Check> {
  yield checkNode(process.version);
  for (const { directory } of [ISSUE_ENCODER, CHANGE_ENCODER]) yield await checkModel(directory);
  const { environment, checks } = checkEnvironment(env);
  yield* checks;
  if (environment === null) return;
  yield await checkDatabase(environment.databaseUrl);
  yield* await checkGitHub(environment);
}

/** Every problem of the environment, or what it says of the credentials. */
function checkEnvironment(env: Readonly<Record<string, string | undefined>>): {
  environment: Environment | null;
  checks: Check[];
} {
  try {
    const environment = readEnvironment(env);
    const checks = [ok('settings', 'complete')];
    if (environment.credentials === null) {
      checks[0] = warn(
        'settings',
        'no credentials yet',
        'Start Sentinel and open it in a browser to connect it to GitHub, or set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET.',
      );
    }
    return { environment, checks };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const advice = 'Set it in the environment or in .env; .env.example lists all settings.';
    return {
      environment: null,
      checks: error.problems.map((problem) => fail('settings', problem, advice)),
    };
  }
}

async function checkGitHub({ githubApiUrl, credentials }: Environment): Promise<Check[]> {
  const checks = await checkReachable(githubApiUrl);
  if (credentials === null) {
    // Without credentials nothing is meant to reach GitHub yet.
    return checks.map((check) => (check.status === 'fail' ? { ...check, status: 'warn' } : check));
  }
  if (checks[0]?.status === 'fail') return checks;
  const { appId, privateKey } = credentials;
  return [...checks, ...(await checkApp({ appId, privateKey, apiUrl: githubApiUrl }))];
}

function checkText({ name, status, text, advice }: Check, colour: boolean): string {
  const paint = colours(colour);
  const mark = { ok: paint.green('ok  '), warn: paint.yellow('warn'), fail: paint.red('fail') };
  const line = `${mark[status]}  ${name.padEnd(11)}  ${printable(text)}`;
  return advice === null ? line : `${line}\n${' '.repeat(19)}${paint.dim(`→ ${advice}`)}`;
}

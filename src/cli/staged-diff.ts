import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CommandError, EXIT } from './command.js';
import { readStart } from './input.js';
import { printable } from './write-line.js';

const MAX_DIFF_BYTES = 64 * 1024 * 1024;
const MAX_COMPLAINT = 400;
/** Whatever a person's settings say: prefixes, quotes and renames as `parseDiff` knows them best. */
const GIT_DIFF = [
  '-c',
  'core.quotePath=true',
  'diff',
  '--cached',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--find-renames',
  '--src-prefix=a/',
  '--dst-prefix=b/',
];

/**
 * What is staged in the repository of the working folder, as a unified diff.
 *
 * @param env environment for git; in a hook it names the index to read. It can have git run programs
 * @throws {CommandError} when git is not there or refuses
 */
export async function stagedDiff(
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const git = spawn('git', GIT_DIFF, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const complaint: Buffer[] = [];
  git.stderr.on('data', (chunk: Buffer) => complaint.push(chunk));
  const ended = once(git, 'close').catch((cause: unknown) => {
    throw new CommandError('git cannot be run; is it installed?', EXIT.bad, { cause });
  });
  const [diff] = await Promise.all([readStart(git.stdout, MAX_DIFF_BYTES), ended]);
  if (git.exitCode !== 0 && git.signalCode === null && diff === '') {
    const [said = ''] = Buffer.concat(complaint)
      .toString('utf8')
      .slice(0, MAX_COMPLAINT)
      .split('\n');
    throw new CommandError(
      `git cannot say what is staged; is this folder in a repository? git diff: ${printable(said)}`,
    );
  }
  return diff;
}

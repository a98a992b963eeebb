import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { colours } from './colours.js';
import { CommandError, EXIT, type ExitCode, type Io } from './command.js';
import { COMMANDS, type CommandEntry, GROUPS } from './commands.js';

const EXIT_HELP = `
Exit codes:
  0  all is well
  1  what was checked is bad, was not found, or the work failed
  2  the command was used wrongly

Settings come from the environment and from .env in the working folder.`;

/**
 * Runs the command line and says how it ended; never throws and never exits.
 *
 * @param words without node and the script, e.g. `['queue', 'list']`
 */
export async function runCli(words: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = await createProgram(words, io, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has printed its own message by now.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const { verbose } = program.opts<{ verbose?: boolean }>();
    io.stderr.write(`${errorText(error, verbose === true, io.colour)}\n`);
    return error instanceof CommandError ? error.exitCode : EXIT.bad;
  }
}

/** The whole command line; only a command that is named is more than its name and description. */
async function createProgram(
  words: readonly string[],
  io: Io,
  done: (code: ExitCode) => void,
): Promise<Command> {
  const program = new Command('sentinel')
    .description('Triage GitHub issues with a small model on your own machine')
    .version(version())
    .option('--verbose', 'show the stack of an error')
    .addHelpText('after', EXIT_HELP);
  const groups = new Map<string, Command>();
  for (const entry of COMMANDS) {
    const { group, name, description } = entry;
    const parent = group === null ? program : (groups.get(group) ?? new Command(group));
    if (group !== null && !groups.has(group)) {
      groups.set(group, parent);
      program.addCommand(parent.description(GROUPS[group]));
    }
    const create = isNamed(entry, words) ? await entry.load() : () => new Command();
    parent.addCommand(create(io, done).name(name).description(description));
  }
  prepare(program, io);
  return program;
}

/** Whether the words may mean this command; a file of the same name loads it for nothing. */
function isNamed({ group, name }: CommandEntry, words: readonly string[]): boolean {
  return words.includes(name) && (group === null || words.includes(group));
}

/** Output and exit for a command and all below it: `addCommand` hands nothing down. */
function prepare(command: Command, io: Io): void {
  command
    .exitOverride()
    .showHelpAfterError('(add --help for usage)')
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHasColors: () => io.colour,
      getErrHasColors: () => io.colour,
    });
  for (const child of command.commands) prepare(child, io);
}

/** One line, or with `--verbose` the stack and its causes. */
function errorText(error: unknown, verbose: boolean, colour: boolean): string {
  const problem = error instanceof Error ? error : new Error(String(error));
  const message = problem.message.split(/\s*\n\s*/).join(' ');
  const line = `${colours(colour).red('error:')} ${message}`;
  return verbose && problem.stack !== undefined ? `${line}\n${problem.stack}` : line;
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

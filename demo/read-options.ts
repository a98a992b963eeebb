import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { BadInput } from './read-issues.js';

export interface DemoOptions {
  /** A file of issues instead of the demo's own. */
  readonly issues?: string;
  readonly limit?: number;
  /** Port of the app, and so of the decisions page. */
  readonly port?: number;
  /** Stop at the end instead of staying up. */
  readonly exit: boolean;
  readonly json: boolean;
}

/**
 * Reads the command line; null when `--help` was asked for and printed.
 *
 * @throws {BadInput} for anything else that isn't understood
 */
export function readOptions(args: readonly string[]): DemoOptions | null {
  const command = new Command('npm run demo --')
    .description('Runs Sentinel against a GitHub on this machine and shows what it decides.')
    .option('--issues <file>', 'open these issues: one {"title","body","repo"?,"label"?} a line')
    .option('--limit <number>', 'open no more than this many', wholeNumber(1, 1_000_000))
    .option('--port <number>', 'port of the app (default: any free one)', wholeNumber(1, 65_535))
    .option('--exit', 'stop at the end; exit code 0 only if every issue was handled', false)
    .option('--json', 'print one JSON object at the end and nothing else (implies --exit)', false)
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  try {
    command.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new BadInput(error.message.replace(/^error: /, ''));
  }
  const options = command.opts<DemoOptions>();
  return { ...options, exit: options.exit || options.json };
}

function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
  };
}

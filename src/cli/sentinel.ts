#!/usr/bin/env node
import { readVariables } from '../config/read-variables.js';
import { wantsColour } from './colours.js';
import { EXIT } from './command.js';
import { runCli } from './run-cli.js';

// A reader that has seen enough (`| head`) is no error.
process.stderr.on('error', ({ code }: NodeJS.ErrnoException) => {
  process.exit(code === 'EPIPE' ? EXIT.ok : EXIT.bad);
});
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit(EXIT.ok);
  process.stderr.write(`error: standard output cannot be written (${code})\n`, () => {
    process.exit(EXIT.bad);
  });
});

process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: readVariables('.env', process.env),
  inherited: process.env,
  colour: wantsColour(process.env, process.stdout.isTTY === true),
});
// An open standard input, such as a terminal, must not keep a finished command alive.
process.stdin.unref?.();

#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { wantsColour } from './colours.js';
import { EXIT } from './command.js';
import { runCli } from './run-cli.js';

// A reader that has seen enough (`| head`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.bad);
  });
}

if (existsSync('.env')) process.loadEnvFile('.env');

process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  colour: wantsColour(process.env, process.stdout.isTTY === true),
});
// An open standard input, such as a terminal, must not keep a finished command alive.
process.stdin.unref?.();

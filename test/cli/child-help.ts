import { register } from 'node:module';

// Names each module on standard error as it is loaded; the hook runs in a thread of its own.
const hook = `
import { writeSync } from 'node:fs';
export function load(url, context, next) {
  writeSync(2, url + '\\n');
  return next(url, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const { COMMANDS } = await import('../../src/cli/commands.js');
const { runCli } = await import('../../src/cli/run-cli.js');

const io = { ...process, env: {}, inherited: {}, colour: false };
await runCli(['--help'], io);
if (process.argv[2] === 'every') {
  for (const { group, name } of COMMANDS) {
    await runCli([...(group === null ? [] : [group]), name, '--help'], io);
  }
}

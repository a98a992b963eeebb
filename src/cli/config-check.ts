import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { stringify } from 'yaml';
import { parseRepositoryConfig } from '../config/parse-repository-config.js';
import { type ConfigError, DEFAULT_REPOSITORY_CONFIG } from '../config/repository-config.js';
import { colours } from './colours.js';
import { CommandError, type CommandFactory, EXIT } from './command.js';
import { printable, writeJson, writeLine } from './write-line.js';

const HOLDS_MEANWHILE = `A file with errors is not used. The repository's last good one holds; if there was none, the defaults do, with mode: ${DEFAULT_REPOSITORY_CONFIG.mode}.`;

/** `sentinel config check FILE` */
export const configCheckCommand: CommandFactory = (io, done) =>
  new Command()
    .argument('<file>', 'configuration file, such as .github/sentinel.yml')
    .option('--json', 'print JSON: {"file", "ok", "config", "errors"}')
    .action(async (file: string, options: { json?: boolean }) => {
      const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
        throw new CommandError(`${file} cannot be read (${cause.code})`, EXIT.bad, { cause });
      });
      const { config, errors } = parseRepositoryConfig(text, file);
      const ok = errors.length === 0;
      const paint = colours(io.colour);
      if (options.json) await writeJson(io.stdout, { file, ok, config, errors });
      else if (ok) {
        await writeLine(io.stdout, paint.green(`${file} is good. With its defaults:`));
        await writeLine(io.stdout, stringify(config).trimEnd());
      } else {
        for (const error of errors) await writeLine(io.stdout, errorLine(error));
        await writeLine(io.stdout, paint.yellow(HOLDS_MEANWHILE));
      }
      done(ok ? EXIT.ok : EXIT.bad);
    });

/** `file:line key: message`, the shape that editors and CI logs turn into a link. */
function errorLine({ file, line, key, message }: ConfigError): string {
  const place = line === null ? file : `${file}:${line}`;
  return printable(key === '' ? `${place}: ${message}` : `${place} ${key}: ${message}`);
}

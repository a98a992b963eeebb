import { Command } from 'commander';
import { stringify } from 'yaml';
import { parseRepositoryConfig } from '../config/parse-repository-config.js';
import {
  type ConfigError,
  DEFAULT_REPOSITORY_CONFIG,
  type RepositoryConfig,
} from '../config/repository-config.js';
import { type CheckedLabeler, checkLabeler } from './check-labeler.js';
import { colours } from './colours.js';
import { type CommandFactory, EXIT, type Io } from './command.js';
import { readText } from './input.js';
import { printable, writeJson, writeLine } from './write-line.js';

const HOLDS_MEANWHILE = `A file with errors is not used. The repository's last good one holds; if there was none, the defaults do, with mode: ${DEFAULT_REPOSITORY_CONFIG.mode}.`;
const PASSED_OVER = 'The rules of a labeler.yml with errors are passed over; all else holds.';
const HELP = `
Where the configuration says that a labeler.yml is used (pull_requests.labeler), it is checked too.`;

/** `sentinel config check FILE` */
export const configCheckCommand: CommandFactory = (io, done) =>
  new Command()
    .argument('<file>', 'configuration file, such as .github/sentinel.yml')
    .option('--json', 'print JSON: {"file", "labeler", "ok", "config", "errors", "warnings"}')
    .addHelpText('after', HELP)
    .action(async (file: string, options: { json?: boolean }) => {
      const text = await readText(file);
      const { config, errors: own } = parseRepositoryConfig(text, file);
      const labeler = config && (await checkLabeler(file, config));
      const errors = [...own, ...(labeler?.errors ?? [])];
      const ok = errors.length === 0;
      if (options.json) {
        const checked = labeler?.file ?? null;
        const warnings = labeler?.warnings ?? [];
        await writeJson(io.stdout, { file, labeler: checked, ok, config, errors, warnings });
      } else {
        await tell(io, file, config, labeler, errors);
      }
      done(ok ? EXIT.ok : EXIT.bad);
    });

async function tell(
  io: Io,
  file: string,
  config: RepositoryConfig | null,
  labeler: CheckedLabeler | null,
  errors: readonly ConfigError[],
): Promise<void> {
  const paint = colours(io.colour);
  for (const error of errors) await writeLine(io.stdout, errorLine(error));
  if (config === null) return writeLine(io.stdout, paint.yellow(HOLDS_MEANWHILE));
  if (errors.length > 0) return writeLine(io.stdout, paint.yellow(PASSED_OVER));
  for (const warning of labeler?.warnings ?? []) {
    await writeLine(io.stdout, paint.yellow(`${errorLine(warning)}; it is passed over`));
  }
  if (labeler) await writeLine(io.stdout, paint.green(printable(`${labeler.file} is good.`)));
  await writeLine(io.stdout, paint.green(`${file} is good. With its defaults:`));
  await writeLine(io.stdout, stringify(config).trimEnd());
}

/** `file:line key: message`, the shape that editors and CI logs turn into a link. */
function errorLine({ file, line, key, message }: ConfigError): string {
  const place = line === null ? file : `${file}:${line}`;
  return printable(key === '' ? `${place}: ${message}` : `${place} ${key}: ${message}`);
}

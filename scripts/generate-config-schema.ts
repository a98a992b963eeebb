/** Writes `docs/sentinel.schema.json`; with `--check` only says whether it is up to date. */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { configJsonSchema } from '../src/config/config-json-schema.js';
import { type CheckResult, isStarted, REPOSITORY, runCheck } from './run-check.js';

const SCHEMA_FILE = 'docs/sentinel.schema.json';

/** The text of the schema file, formatted like all JSON here. */
export function schemaText(): string {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  return execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${SCHEMA_FILE}`], {
    cwd: REPOSITORY,
    input: JSON.stringify(configJsonSchema()),
    encoding: 'utf8',
  });
}

/** @param text what the schema file holds now, null when there is none */
export function checkSchema(text: string | null): CheckResult {
  const fresh = text === schemaText();
  return {
    problems: fresh ? [] : [`${SCHEMA_FILE} is not up to date: run "npm run schema"`],
    checked: SCHEMA_FILE,
  };
}

if (isStarted(import.meta.url)) {
  const file = path.join(REPOSITORY, SCHEMA_FILE);
  if (process.argv.includes('--check')) {
    const text = await readFile(file, 'utf8').catch(() => null);
    await runCheck('schema', async () => checkSchema(text));
  } else {
    await writeFile(file, schemaText());
    console.log(`${SCHEMA_FILE} written`);
  }
}

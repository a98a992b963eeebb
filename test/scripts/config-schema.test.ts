import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkSchema, schemaText } from '../../scripts/generate-config-schema.js';
import { REPOSITORY } from '../../scripts/run-check.js';
import { configJsonSchema } from '../../src/config/config-json-schema.js';
import { parseRepositoryConfig } from '../../src/config/parse-repository-config.js';

const read = (file: string) => readFileSync(path.join(REPOSITORY, file), 'utf8');
const EXAMPLE = read('docs/sentinel.example.yml');
const propertiesSchema = z.object({ properties: z.record(z.string(), z.unknown()) });

/** Dotted names of all settings of a JSON Schema. */
function settingsOf(schema: unknown, prefix = ''): string[] {
  const { data } = propertiesSchema.safeParse(schema);
  if (data === undefined) return [];
  return Object.entries(data.properties).flatMap(([name, inner]) => [
    prefix + name,
    ...settingsOf(inner, `${prefix + name}.`),
  ]);
}

/** Dotted names of all keys of a plain object. */
function keysOf(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    prefix + name,
    ...keysOf(inner, `${prefix + name}.`),
  ]);
}

describe('docs/sentinel.schema.json', () => {
  test('is what the source says', () => {
    expect(checkSchema(read('docs/sentinel.schema.json')).problems).toEqual([]);
  });

  test('is called stale when it differs or is missing', () => {
    expect(checkSchema(`${schemaText()} `).problems).toHaveLength(1);
    expect(checkSchema(null).problems).toHaveLength(1);
  });
});

describe('docs/sentinel.example.yml', () => {
  test('has no errors', () => {
    expect(parseRepositoryConfig(EXAMPLE, 'example').errors).toEqual([]);
  });

  test('shows every setting there is', () => {
    const settings = settingsOf(configJsonSchema());
    expect(settings).toContain('thresholds.question');
    // Under `paths` stand names of labels, which are the repository's own.
    const shown = keysOf(parse(EXAMPLE)).filter((key) => !key.startsWith('pull_requests.paths.'));
    expect(shown.sort()).toEqual(settings.sort());
  });

  test('points editors to the schema beside it', () => {
    expect(EXAMPLE).toMatch(/^# yaml-language-server: \$schema=\.\/sentinel\.schema\.json\n/);
  });

  test('is explained in the user guide, key by key', () => {
    const guide = read('docs/configuration.md');
    const missing = Object.keys(parse(EXAMPLE)).filter((key) => !guide.includes(`\`${key}\``));
    expect(missing).toEqual([]);
  });
});

import type { z } from 'zod';
import { inOrderOf } from './key-order.js';
import { readYaml, type YamlProblem } from './read-yaml.js';
import type { ConfigError } from './repository-config.js';
import type { YamlBounds } from './yaml-bounds.js';

/** Configuration files are small; anything longer is a mistake or an attack. */
const CONFIG_BOUNDS: YamlBounds = { characters: 64 * 1024, aliases: 50, merge: false };
/** Errors that are told; a file made of errors would otherwise fill logs, database and pages. */
const MOST_TOLD = 100;

export interface ParsedYaml<T> {
  /** The value with its defaults filled in, or null when there are errors. */
  readonly value: T | null;
  readonly errors: readonly ConfigError[];
}

/**
 * Parses YAML of a repository against a schema. All that is wrong is told together, each with its
 * line; beyond a hundred errors, how many more there are.
 *
 * @param file the name to use in errors, e.g. `.github/sentinel.yml`
 */
export function parseYaml<T>(
  text: string,
  file: string,
  schema: z.ZodType<T>,
  bounds = CONFIG_BOUNDS,
): ParsedYaml<T> {
  const read = readYaml(text, bounds);
  if ('problems' in read) {
    const tell = ({ line, message }: YamlProblem) => ({ file, line, key: '', message });
    return { value: null, errors: tellSome(read.problems, file, tell) };
  }
  const parsed = schema.safeParse(read.plain ?? {});
  if (parsed.success) {
    return { value: inOrderOf(read.plain, parsed.data), errors: [] };
  }
  return {
    value: null,
    errors: tellSome(parsed.error.issues.flatMap(complaintsOf), file, (complaint) => ({
      file,
      line: read.lineOf(complaint.path),
      key: complaint.path.join('.'),
      message: complaint.message(schema),
    })),
  };
}

function tellSome<C>(
  complaints: readonly C[],
  file: string,
  tell: (complaint: C) => ConfigError,
): ConfigError[] {
  const told = complaints.slice(0, MOST_TOLD).map(tell);
  const more = complaints.length - told.length;
  const message = `has ${more} more error${more === 1 ? '' : 's'}`;
  return more === 0 ? told : [...told, { file, line: null, key: '', message }];
}

type Issue = z.core.$ZodIssue;

/** What is wrong at one place, to be put into words where it is told. */
interface Complaint {
  readonly path: readonly PropertyKey[];
  readonly message: (schema: z.ZodType) => string;
}

function complaintsOf(issue: Issue): Complaint[] {
  if (issue.code !== 'unrecognized_keys') {
    return [{ path: issue.path, message: () => describe(issue) }];
  }
  return issue.keys.map((name) => ({
    path: [...issue.path, name],
    message: (schema) =>
      `is not a setting; here can stand ${allowedKeys(schema, issue.path).join(', ')}`,
  }));
}

/** What the lengths of texts and lists count. */
const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

function describe(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'invalid_type':
      return `must be ${article(issue.expected)}`;
    case 'too_small':
      return issue.minimum === 1 && UNITS[issue.origin] !== undefined
        ? 'must not be empty'
        : `must be at least ${issue.minimum}${UNITS[issue.origin] ?? ''}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
    case 'invalid_key':
      return `the name ${issue.issues.map((inner) => describe(inner)).join(' and ')}`;
    default:
      return issue.message;
  }
}

function article(type: string): string {
  const names: Record<string, string> = {
    object: 'a mapping of settings',
    array: 'a list',
    string: 'text',
    number: 'a number',
    boolean: 'true or false',
  };
  return names[type] ?? type;
}

/** The settings allowed at a path, read off the schema itself. */
function allowedKeys(schema: unknown, path: readonly PropertyKey[]): string[] {
  const there = path.reduce<unknown[]>(
    (outer, key) => outer.flatMap(alternatives).map((one) => innerOf(one, String(key))),
    [schema],
  );
  return there.flatMap(alternatives).flatMap((one) => Object.keys(shapeOf(one) ?? {}));
}

/** What may stand under a key or an index: its own setting, an item, or any other key's. */
function innerOf(schema: AnySchema, key: string): unknown {
  const { catchall } = (schema.def ?? {}) as { readonly catchall?: unknown };
  return shapeOf(schema)?.[key] ?? schema.element ?? schema.valueType ?? catchall;
}

/** A schema without its defaults, or all that a union allows. */
function alternatives(schema: unknown): AnySchema[] {
  const inner = unwrapped(schema);
  if (inner === null) {
    return [];
  }
  return Array.isArray(inner.options) ? inner.options.flatMap(alternatives) : [inner];
}

type AnySchema = Readonly<Record<string, unknown>>;

/** The schema inside defaults and optionals. */
function unwrapped(schema: unknown): AnySchema | null {
  if (typeof schema !== 'object' || schema === null) {
    return null;
  }
  return 'unwrap' in schema && typeof schema.unwrap === 'function' && !('element' in schema)
    ? unwrapped(schema.unwrap())
    : (schema as AnySchema);
}

function shapeOf(schema: AnySchema | null): Record<string, unknown> | null {
  return typeof schema?.shape === 'object' ? (schema.shape as Record<string, unknown>) : null;
}

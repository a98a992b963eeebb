import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ModelError } from './model-error.js';

/**
 * Reads a JSON file that belongs to a model.
 *
 * @param nature what is wrong with JSON that doesn't fit the schema, e.g. `is not a model manifest`
 * @throws {ModelError} naming the file, when it is missing, not JSON or does not fit
 */
export async function readModelJson<T extends z.ZodType>(
  file: string,
  schema: T,
  nature: string,
): Promise<z.output<T>> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ModelError(file, 'cannot be read', { cause });
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ModelError(file, 'is not JSON', { cause });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw new ModelError(file, `${nature}: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

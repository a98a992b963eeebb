import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ConfigError } from '../config/repository-config.js';
import type { Database } from '../store/schema.js';

/** What is wrong with one repository's configuration. */
export interface ConfigProblem {
  readonly repository: string;
  readonly errors: readonly ConfigError[];
  /** An earlier good configuration goes on being used. */
  readonly hasGood: boolean;
  readonly checkedAt: number;
}

const errorsSchema = z
  .array(
    z.object({
      file: z.string(),
      line: z.number().nullable(),
      key: z.string(),
      message: z.string(),
    }),
  )
  .min(1);

/** Repositories whose present configuration is bad, by name; `repository` narrows to one. */
export async function readConfigProblems(
  database: Kysely<Database>,
  repository?: string,
): Promise<ConfigProblem[]> {
  let query = database
    .selectFrom('configurations')
    .select(['repository', 'good', 'errors', 'checked_at'])
    .where('errors', 'is not', null)
    .orderBy('repository')
    .limit(100);
  if (repository) query = query.where('repository', '=', repository);
  const rows = await query.execute();
  return rows.map((row) => ({
    repository: row.repository,
    errors: parseErrors(row.errors ?? ''),
    hasGood: row.good !== null,
    checkedAt: Number(row.checked_at),
  }));
}

/** The recorded errors; a record that cannot be read is itself one. */
function parseErrors(text: string): readonly ConfigError[] {
  const unreadable = { file: 'configuration', line: null, key: '', message: 'has errors' };
  try {
    return errorsSchema.parse(JSON.parse(text));
  } catch {
    return [unreadable];
  }
}
